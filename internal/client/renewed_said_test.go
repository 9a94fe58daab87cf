package client_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// newSigningKey puts another signing key in somebody's profile and on their card; until is when the one before still counted.
func newSigningKey(t *testing.T, who *gatewaytest.Person, until *string) {
	t.Helper()
	key, err := jose.GenerateKey()
	check(t, err)
	renew(t, who, func(p *party.Participant) { p.Key, p.ReplacesTo = &key.PublicKey, until })
	jwk, err := jose.MarshalPrivateJWK(key)
	check(t, err)
	check(t, os.WriteFile(filepath.Join(who.Profile, "ondertekening.jwk"), jwk, 0o600))
	who.Key = key
}

// TestWhatWasSaidStaysSaid: after a recipient renewed their signing key, the sender still sees who took over, and nobody is told that
// nobody did. A key that was withdrawn at once, or did not count any more then, says nothing.
func TestWhatWasSaidStaysSaid(t *testing.T) {
	soon, past := time.Now().Add(time.Hour).Format(time.RFC3339), time.Now().Add(-time.Hour).Format(time.RFC3339)
	for name, c := range map[string]struct {
		until *string
		want  message.Status
	}{
		"still counted":              {&soon, message.Status(message.TakenOver)},
		"withdrawn at once":          {nil, message.Offered},
		"did not count any more":     {&past, message.Offered},
		"a time that is far too far": {ptr("2999-01-01T00:00:00Z"), message.Status(message.TakenOver)},
	} {
		t.Run(name, func(t *testing.T) {
			r := gatewaytest.Start(t)
			agent := r.Person("politie/wa-7")
			school := (&between{}).client(t, r.Person("school/vc-1"))
			sent, err := school.Send(t.Context(), signal(r, aboutNoor))
			check(t, err)
			police := (&between{}).client(t, agent)
			got, err := police.Receive(t.Context(), sent.ID)
			check(t, err)
			_, err = police.ConfirmReceived(t.Context(), got)
			check(t, err)
			_, err = police.Confirm(t.Context(), sent.ID, message.TakenOver, nil)
			check(t, err)
			newSigningKey(t, agent, c.until)
			// Another process: nothing is remembered but what the profile holds.
			f, err := (&between{}).client(t, r.Person("school/vc-1")).Follow(t.Context(), sent.ID)
			check(t, err)
			if p := f.Progress[0]; p.Status != c.want || p.Settled() != (c.want != message.Offered) {
				t.Errorf("the sender sees %s, want %s", p.Status, c.want)
			}
		})
	}
}

func ptr(s string) *string { return &s }

// TestOwnWordIsRepeated: what somebody said of a message when they opened it, they say again when they take it over, also with the
// next signing key.
func TestOwnWordIsRepeated(t *testing.T) {
	soon := time.Now().Add(time.Hour).Format(time.RFC3339)
	r := gatewaytest.Start(t)
	agent := r.Person("politie/wa-7")
	sent, err := (&between{}).client(t, r.Person("school/vc-1")).Send(t.Context(), signal(r, aboutNoor))
	check(t, err)
	before := (&between{}).client(t, agent)
	got, err := before.Receive(t.Context(), sent.ID)
	check(t, err)
	got.NotDeclared = append(got.NotDeclared, "signaal") // as if the sender had not said so
	_, err = before.ConfirmReceived(t.Context(), got)
	check(t, err)
	newSigningKey(t, agent, &soon)
	b := &between{}
	done, err := b.client(t, agent).Confirm(t.Context(), sent.ID, message.TakenOver, nil)
	check(t, err)
	if done.Record.Kind != tlog.TakenOver || done.Record.JWS == nil {
		t.Fatalf("the record is %+v", done.Record)
	}
	said, err := message.ParseConfirmation(*done.Record.JWS)
	check(t, err)
	v, err := said.Verify(&agent.Key.PublicKey)
	check(t, err)
	if c := v.Confirmation(); c.Conform || !slices.Equal(c.NotDeclared, got.NotDeclared) || len(c.Subjects) != 2 {
		t.Errorf("another word: conform %v, %v, %d tags", c.Conform, c.NotDeclared, len(c.Subjects))
	}
}
