package endurance

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"testing"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// letter is one message, and what its sender was told of it.
type letter struct {
	envelope    message.VerifiedEnvelope
	body        []byte // the whole form, to send again as it was
	contentType string
	want        int // the answer that it must get
	got         reply
	doubt       bool // the kill came before the answer
	attempts    int  // how often it was sent

	confirmations []*confirmation
}

// confirmation is one bevestiging of a letter, and what its signer was told.
type confirmation struct {
	by      string // <party>/<id>
	compact string
	got     reply
}

func (l *letter) id() string { return l.envelope.Envelope().ID }

// press makes letters. Letters of a sort share their age file, which the gateway cannot tell: encrypting is not what is tested.
type press struct {
	region *gatewaytest.Region
	sorts  []sort
}

// sort is a sort of letter, with how often of 100 it is made.
type sort struct {
	name     string
	often    int
	envelope message.Envelope
	file     []byte
	sealed   []byte // motivering, or nil
	want     int
}

// Lengths of payloads before encryption, in bytes: one kept in the accepting transaction, and one that is staged in pieces.
const (
	short = 4096
	long  = 600 << 10
)

func newPress(r *gatewaytest.Region) *press {
	p := &press{region: r}
	one := r.Signal("school/vc-1", "politie/wa-7")
	two := one
	second := r.Person("politie/sc-1")
	two.Recipients = append(one.Recipients[:1:1], message.Recipient{Party: second.Party.OIN, Function: second.Function,
		Participants: []message.Addressee{{ID: second.ID, Card: second.Participant.Version}}})
	tooMuch := one
	tooMuch.Categories = append(tooMuch.Categories[:2:2], "schoolresultaten")
	crisis := one
	crisis.Kind, crisis.Basis, crisis.Urgency, crisis.Phase = "crisismelding", "avg-6-1-d", vocabulary.Crisis, nil
	p.add("one recipient", 45, one, short, http.StatusCreated)
	p.add("two recipients", 20, two, short, http.StatusCreated)
	p.add("staged", 10, one, long, http.StatusCreated)
	p.add("denied", 10, tooMuch, short, http.StatusForbidden)
	p.add("denied and long", 0, tooMuch, long, http.StatusForbidden)
	p.add("other bytes than signed for", 5, one, long, http.StatusBadRequest)
	p.sorts[5].file[long/2] ^= 1
	p.add("crisis with a motivation", 10, crisis, short, http.StatusCreated)
	p.motivate(&p.sorts[6])
	return p
}

// motivate seals a motivation for the privacy officers of both parties: a second age file, which must come and go with the first.
func (p *press) motivate(s *sort) {
	other := p.region.Person("halt/mw-2") // the envelope below is thrown away; its sender must be none of its recipients
	to := s.envelope
	to.Recipients, to.Sender = nil, message.Sender{Party: other.Party.OIN, Participant: other.ID, Function: other.Function}
	for _, name := range []string{"school/pf-1", "politie/pf-2"} {
		officer := p.region.Person(name)
		to.Recipients = append(to.Recipients, message.Recipient{Party: officer.Party.OIN, Function: officer.Function,
			Participants: []message.Addressee{{ID: officer.ID, Card: officer.Participant.Version}}})
	}
	to.Motivation = nil
	_, s.sealed = p.region.Seal(to, short)
	s.envelope.Motivation = &message.Content{Digest: digest.Of(s.sealed), Length: int64(len(s.sealed))}
}

func (p *press) add(name string, often int, e message.Envelope, length, want int) {
	_, file := p.region.Seal(e, length)
	e.Payload = message.Content{Digest: digest.Of(file), Length: int64(len(file))}
	p.sorts = append(p.sorts, sort{name, often, e, file, nil, want})
}

// next makes a letter from one of two senders.
func (p *press) next(rng *rand.Rand, from *gatewaytest.Person) (*letter, error) {
	n, at := rng.IntN(100), 0
	for n >= p.sorts[at].often {
		n, at = n-p.sorts[at].often, at+1
	}
	return p.one(p.sorts[at].name, from)
}

// one makes a letter of a sort.
func (p *press) one(name string, from *gatewaytest.Person) (*letter, error) {
	s := p.sorts[slices.IndexFunc(p.sorts, func(s sort) bool { return s.name == name })]
	e := s.envelope
	e.ID, e.Case, e.Time = message.NewID(), message.NewID(), message.NewTime(now())
	e.Sender = message.Sender{Party: from.Party.OIN, Participant: from.ID, Function: from.Function}
	signed, err := message.SignEnvelope(e, from.Key)
	if err != nil {
		return nil, fmt.Errorf("signing a letter of sort %q: %w", s.name, err)
	}
	l := &letter{envelope: signed, want: s.want}
	parts := []gatewaytest.Part{{Name: "envelop", Type: "application/jose", Data: []byte(signed.Compact())}}
	if s.sealed != nil {
		parts = append(parts, gatewaytest.Part{Name: "motivering", Type: "application/octet-stream", Data: s.sealed})
	}
	l.body, l.contentType = gatewaytest.Form(append(parts, gatewaytest.Part{Name: "lading", Type: "application/octet-stream", Data: s.file})...)
	return l, nil
}

// TestEverySortIsMade: the numbers are of 100, or a sort would never be sent.
func TestEverySortIsMade(t *testing.T) {
	p := newPress(gatewaytest.Start(t))
	total := 0
	for _, s := range p.sorts {
		total += s.often
	}
	if total != 100 {
		t.Errorf("the sorts of letters make %d of 100", total)
	}
}
