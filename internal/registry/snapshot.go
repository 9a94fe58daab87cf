package registry

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
)

// Snapshot is everything in force at one moment of reading. It is immutable.
type Snapshot struct {
	// Kept is the position in the log right after the last change that is in it (audit.Head.Registry). A decision made on it counts as long as
	// that is where the log stands: a guard compares the two.
	Kept int64
	Book *party.Book

	passing    *passing                // to the next snapshot
	certified  map[party.OIN]time.Time // until when the certificates under a party's card are valid
	retired    map[personKey]int       // version of cards that stopped counting before this process started: none older comes back
	convenants map[string]map[int]convenant.Standing
	texts      map[versionKey][]byte
	told       map[string]told // of each convenant
	wpg        map[wpgKey]convenant.WpgDecision
	unfit      map[versionKey]error // see Unfit
}

type versionKey struct {
	id      string
	version int
}

type personKey struct {
	party party.OIN
	id    string
}

type wpgKey struct {
	party  party.OIN
	number string
}

// Party gives a party's card and whether it counts at t: its days have come and not passed, and neither has the certificate
// that it was signed with, so that the gateway never counts on a card that the other parties' software already refuses.
func (s *Snapshot) Party(oin party.OIN, t time.Time) (card party.VerifiedCard, valid, known bool) {
	card, known = s.Book.Party(oin)
	return card, known && card.Card().Valid.Contains(t) && !t.After(s.certified[oin]), known
}

// Unfit tells of convenants that another process published and with which a check of this one found something wrong: their own rules do not
// compile with the rules that decide here. Nothing is decided under them here. nil when there are none.
func (s *Snapshot) Unfit() error { return errors.Join(slices.Collect(maps.Values(s.unfit))...) }

// Holder gives the participant on whose card a key stands.
func (s *Snapshot) Holder(kid string) (party.VerifiedParticipant, bool) { return s.Book.ByKid(kid) }

// Convenant gives one version with its signatures.
func (s *Snapshot) Convenant(id string, version int) (convenant.Standing, bool) {
	st, ok := s.convenants[id][version]
	return st, ok
}

// Convenants gives all versions of all convenants, sorted by id and version.
func (s *Snapshot) Convenants() []convenant.Standing {
	var all []convenant.Standing
	for _, versions := range s.convenants {
		all = slices.AppendSeq(all, maps.Values(versions))
	}
	slices.SortFunc(all, func(a, b convenant.Standing) int {
		return cmp.Or(cmp.Compare(a.Convenant.ID, b.Convenant.ID), cmp.Compare(a.Convenant.Version, b.Convenant.Version))
	})
	return all
}

// WpgDecision gives the decision that a police party registered under a number.
func (s *Snapshot) WpgDecision(of party.OIN, number string) (convenant.WpgDecision, bool) {
	d, ok := s.wpg[wpgKey{of, number}]
	return d, ok
}

// WpgDecisions gives the decisions that a party registered and those that name it as a recipient, sorted by party and number.
func (s *Snapshot) WpgDecisions(of party.OIN) []convenant.WpgDecision {
	var all []convenant.WpgDecision
	for _, d := range s.wpg {
		if d.Party == of || slices.Contains(d.Recipients, of) {
			all = append(all, d)
		}
	}
	slices.SortFunc(all, func(a, b convenant.WpgDecision) int {
		return cmp.Or(cmp.Compare(a.Party, b.Party), cmp.Compare(a.Number, b.Number))
	})
	return all
}

// versions gives all versions of one convenant, oldest first.
func (s *Snapshot) versions(id string) []convenant.Standing {
	return slices.SortedFunc(maps.Values(s.convenants[id]), func(a, b convenant.Standing) int { return a.Convenant.Version - b.Convenant.Version })
}

// lined lets each version of a convenant know the newer ones: what takes the place of another follows from all of them.
func lined(versions map[int]convenant.Standing) map[int]convenant.Standing {
	line := make(map[int]convenant.Standing, len(versions))
	for _, st := range convenant.Line(slices.Collect(maps.Values(versions))) {
		line[st.Convenant.Version] = st
	}
	return line
}

// newestVersion gives the highest version of a convenant; ok is false when there is none.
func (s *Snapshot) newestVersion(id string) (convenant.Standing, bool) {
	var newest convenant.Standing
	for _, st := range s.convenants[id] {
		if newest.Convenant == nil || st.Convenant.Version > newest.Convenant.Version {
			newest = st
		}
	}
	return newest, newest.Convenant != nil
}

// The with… functions give the next snapshot: maps that change are copied, the others are shared.

func (s *Snapshot) next() *Snapshot {
	n := *s
	n.passing = &passing{}
	return &n
}

func (s *Snapshot) withBook(b *party.Book) *Snapshot {
	n := s.next()
	n.Book = b
	return n
}

func (s *Snapshot) withParty(b *party.Book, oin party.OIN, certified time.Time) *Snapshot {
	n := s.withBook(b)
	n.certified = maps.Clone(s.certified)
	n.certified[oin] = certified
	return n
}

func (s *Snapshot) withStanding(st convenant.Standing, yaml []byte) *Snapshot {
	n := s.next()
	id, version := st.Convenant.ID, st.Convenant.Version
	versions := maps.Clone(s.convenants[id])
	if versions == nil {
		versions = make(map[int]convenant.Standing)
	}
	versions[version] = st
	n.convenants = maps.Clone(s.convenants)
	n.convenants[id] = lined(versions)
	if yaml != nil {
		n.texts = maps.Clone(s.texts)
		n.texts[versionKey{id, version}] = yaml
	}
	return n
}

// withSignature gives the snapshot in which a signature came in under a version at a moment.
func (s *Snapshot) withSignature(st convenant.Standing, signed convenant.Signature, came time.Time) *Snapshot {
	signed.Arrived = came
	st.Signatures = append(slices.Clone(st.Signatures), signed)
	return s.withStanding(st, nil)
}

func (s *Snapshot) withWpg(d convenant.WpgDecision) *Snapshot {
	n := s.next()
	n.wpg = maps.Clone(s.wpg)
	n.wpg[wpgKey{d.Party, d.Number}] = d
	return n
}

func emptySnapshot() *Snapshot {
	return &Snapshot{
		Book:       party.NewBook(),
		passing:    &passing{},
		certified:  make(map[party.OIN]time.Time),
		retired:    make(map[personKey]int),
		convenants: make(map[string]map[int]convenant.Standing),
		texts:      make(map[versionKey][]byte),
		told:       make(map[string]told),
		wpg:        make(map[wpgKey]convenant.WpgDecision),
		unfit:      make(map[versionKey]error),
	}
}
