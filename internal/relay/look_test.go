package relay_test

import (
	"testing"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
)

func TestOnlyTheTwoPartiesSeeAMessageAndItsCase(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t)
	s.send(t, l)
	for _, c := range []struct {
		party, id string
		sees      bool
	}{{"school", "vc-1", true}, {"school", "fg-1", true}, {"politie", "wa-8", true}, {"mbo", "vc-1", false}, {"gemeente", "cb-1", false}} {
		caller := s.caller(t, c.party, c.id)
		_, _, err := s.relay.Message(t.Context(), caller, l.envelope.ID)
		_, caseErr := s.relay.Case(t.Context(), caller, l.envelope.Case)
		if c.sees {
			must(t, err)
			must(t, caseErr)
			continue
		}
		wantErr(t, err, relay.ErrNotFound)
		wantErr(t, caseErr, relay.ErrNotFound)
	}
	_, err := s.relay.Case(t.Context(), s.caller(t, "school", "vc-1"), "geen-id")
	wantErr(t, err, relay.ErrNotFound)
}

func TestListsAreOfTheCallersPartyAlone(t *testing.T) {
	s := newSetting(t)
	first, second := s.letter(t), s.twoRecipients(t)
	s.send(t, first)
	s.send(t, second)
	for _, c := range []struct {
		name      string
		party, id string
		q         relay.Query
		want      int
	}{
		{"out", "school", "vc-1", relay.Query{}, 2},
		{"in", "politie", "fg-1", relay.Query{Inbox: true}, 2},
		{"in, for me", "politie", "scp-1", relay.Query{Inbox: true, Person: "scp-1"}, 1},
		{"in, for somebody else", "politie", "wa-8", relay.Query{Inbox: true, Person: "wa-8"}, 0},
		{"another party's, by name", "mbo", "vc-1", relay.Query{Inbox: true, Party: s.Parties["politie"].OIN}, 0},
		{"another party's people", "mbo", "vc-1", relay.Query{Inbox: true, Person: "x", Also: []string{"wa-7"}}, 0},
		{"of a status", "politie", "wa-7", relay.Query{Inbox: true, Status: message.Lapsed}, 0},
	} {
		c.q.Limit = 10
		list, _, err := s.relay.Messages(t.Context(), s.caller(t, c.party, c.id), c.q)
		must(t, err)
		if len(list) != c.want {
			t.Errorf("%s: %d messages, want %d", c.name, len(list), c.want)
		}
	}
}
