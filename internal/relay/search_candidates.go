package relay

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// candidate is an entity that a search may find, with every question whose yes would find it.
type candidate struct {
	name      string
	questions []Question
	of        Wanted
}

// found names the entity; all questions of a candidate agree on it.
func (c *candidate) found() Found {
	q := c.questions[0]
	f := Found{Name: c.name}
	switch c.of {
	case WantParticipants:
		f.Participant = q.Caller.ID()
	case WantRecipients:
		f.Recipient, f.Function = q.Recipient, q.RecipientFunction
	default:
		f.Kind = q.Stated.Kind
	}
	return f
}

// candidates takes from the convenants what could be allowed at all: a flow from the role of the asking party. It decides
// nothing; the rules do. They come in the order of their names. A draft that the asking party did not sign is looked at only when it is
// named: nobody can make others search through what they never agreed to.
func (r *Relay) candidates(s Search) ([]*candidate, error) {
	snapshot, now := r.registry(), r.now()
	all, questions := map[string]*candidate{}, 0
	for _, standing := range snapshot.Convenants() {
		c := standing.Convenant
		me, member := c.Member(s.Caller.OIN())
		if !member || s.Convenant.ID != "" && s.Convenant != (message.ConvenantRef{ID: c.ID, Version: c.Version}) {
			continue
		}
		if s.Convenant.ID == "" && !standing.Agreed(s.Caller.OIN(), now) {
			continue
		}
		for _, flow := range c.Flows {
			if flow.From.Role == me.Role && (s.For == WantKinds || flow.Kind == s.Stated.Kind) {
				questions += s.among(snapshot, now, c, flow, all)
			}
			if questions > maxQuestions {
				return nil, ErrTooWide
			}
		}
	}
	sorted := slices.Collect(maps.Values(all))
	slices.SortFunc(sorted, func(a, b *candidate) int { return strings.Compare(a.name, b.name) })
	return sorted, nil
}

// maxQuestions bounds what a search holds in memory: some megabytes.
const maxQuestions = 20_000

// among adds the questions that a flow leaves, and tells how many it looked at.
func (s Search) among(snapshot *registry.Snapshot, now time.Time, c *convenant.Convenant, flow convenant.Flow, all map[string]*candidate) (questions int) {
	for _, from := range s.senders(snapshot, now, flow) {
		for _, to := range s.recipients(snapshot, now, c, flow) {
			for _, purpose := range given(s.Stated.Purpose, flow.Purposes) {
				for _, basis := range given(s.Stated.Basis, flow.Bases) {
					q := s.Question
					q.Caller, q.Recipient, q.RecipientFunction = from, to.party, to.function
					q.Convenant = message.ConvenantRef{ID: c.ID, Version: c.Version}
					q.Stated.Kind, q.Stated.Purpose, q.Stated.Basis = flow.Kind, purpose, basis
					name := s.name(q)
					if all[name] == nil {
						all[name] = &candidate{name: name, of: s.For}
					}
					all[name].add(q)
					questions++
				}
			}
		}
	}
	return questions
}

// add keeps a question once: two flows can leave the same.
func (c *candidate) add(q Question) {
	if !slices.ContainsFunc(c.questions, func(k Question) bool {
		return k.Convenant == q.Convenant && k.Stated.Purpose == q.Stated.Purpose && k.Stated.Basis == q.Stated.Basis
	}) {
		c.questions = append(c.questions, q)
	}
}

func (s Search) name(q Question) string {
	switch s.For {
	case WantParticipants:
		return string(q.Caller.OIN()) + "/" + q.Caller.ID()
	case WantRecipients:
		return string(q.Recipient) + "/" + string(q.RecipientFunction)
	default:
		return string(q.Stated.Kind)
	}
}

// senders gives who could send in a flow: the one who is asked about, or everybody of the party.
func (s Search) senders(snapshot *registry.Snapshot, now time.Time, flow convenant.Flow) []auth.Caller {
	if s.For != WantParticipants {
		return []auth.Caller{s.Caller}
	}
	var all []auth.Caller
	for _, p := range snapshot.Book.Participants(s.Caller.OIN()) {
		may := slices.ContainsFunc(p.Participant().Functions, func(f vocabulary.Function) bool { return slices.Contains(flow.From.Functions, f) })
		if may && p.Participant().Valid.Contains(now) {
			all = append(all, auth.Caller{Party: s.Caller.Party, Participant: p})
		}
	}
	return all
}

// recipients gives to whom a flow could go: the one who is asked about, or every other party in each function in which there is somebody.
func (s Search) recipients(snapshot *registry.Snapshot, now time.Time, c *convenant.Convenant, flow convenant.Flow) []target {
	if s.For != WantRecipients {
		m, ok := c.Member(s.Recipient)
		if !ok || m.Role != flow.To.Role || !slices.Contains(flow.To.Functions, s.RecipientFunction) {
			return nil
		}
		return []target{{party: s.Recipient, function: s.RecipientFunction}}
	}
	var all []target
	for _, m := range c.Parties {
		if m.Role != flow.To.Role || m.OIN == s.Caller.OIN() {
			continue
		}
		for _, f := range flow.To.Functions {
			if contact(snapshot, now, m.OIN, f) != nil {
				all = append(all, target{party: party.OIN(m.OIN), function: f})
			}
		}
	}
	return all
}

// given is what was said, or else everything that the flow has.
func given[T ~string](said T, all []T) []T {
	if said != "" {
		return []T{said}
	}
	return all
}
