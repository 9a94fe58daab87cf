package message_test

import (
	"encoding/base64"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/message/messagetest"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// envelopes draws envelopes that are right in form, through all their optional parts.
func envelopes(base message.Envelope) *rapid.Generator[message.Envelope] {
	label := rapid.StringMatching(`[a-z0-9-]{1,64}`)
	return rapid.Custom(func(t *rapid.T) message.Envelope {
		e := base
		e.ID, e.Case = message.NewID(), message.NewID()
		e.Kind = rapid.SampledFrom([]vocabulary.Kind{"signaal", "zorgmelding", "crisismelding", "correctie"}).Draw(t, "kind")
		e.Time = message.NewTime(time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "time"), 0))
		e.Convenant = message.ConvenantRef{ID: label.Draw(t, "convenant"), Version: rapid.IntRange(1, 99).Draw(t, "version")}
		e.Recipients = nil
		offices := rapid.SliceOfNDistinct(rapid.SampledFrom([]vocabulary.Function{"wijkagent", "jeugdcoordinator", "casusregisseur"}), 1, 3, rapid.ID)
		for i, function := range offices.Draw(t, "functions") {
			to := message.Recipient{Party: []party.OIN{"00000099000000020000", "00000099000000060000", "00000099000000080000"}[i], Function: function}
			for _, id := range rapid.SliceOfNDistinct(label, 1, 4, rapid.ID).Draw(t, "people") {
				to.Participants = append(to.Participants, message.Addressee{ID: id, Card: rapid.IntRange(1, 1000).Draw(t, "card")})
			}
			e.Recipients = append(e.Recipients, to)
		}
		tag := rapid.Custom(func(t *rapid.T) string {
			return base64.RawURLEncoding.EncodeToString(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "tag"))
		})
		e.Subjects = rapid.SliceOfNDistinct(tag, 0, 4, rapid.ID).Draw(t, "subjects")
		categories := []vocabulary.Category{"signaal", "incident", "identiteit", "gedrag", "verzuim"}
		e.Categories = rapid.SliceOfNDistinct(rapid.SampledFrom(categories), 1, 5, rapid.ID).Draw(t, "categories")
		e.Phase = maybe(t, rapid.IntRange(1, 3), "phase")
		e.Questions = maybe(t, rapid.IntRange(1, 50), "questions")
		e.WpgDecision = maybe(t, rapid.StringMatching(`[A-Za-z0-9./-]{1,64}`), "wpg")
		e.Theme = maybe(t, rapid.SampledFrom([]vocabulary.Theme{"drugs", "pesten"}), "theme")
		e.AgeGroup = maybe(t, rapid.SampledFrom([]vocabulary.AgeGroup{"0-11", "12-17"}), "age")
		e.Urgency = rapid.SampledFrom([]vocabulary.Urgency{"regulier", "spoed", "crisis"}).Draw(t, "urgency")
		e.Statements = rapid.MapOf(rapid.SampledFrom([]vocabulary.Statement{"proportioneel", "subsidiair", "achttienPlus"}), rapid.Bool()).Draw(t, "statements")
		if rapid.Bool().Draw(t, "motivated") {
			e.Motivation = &message.Content{Digest: digest.Of([]byte(e.ID)), Length: rapid.Int64Range(1, message.MaxMotivation).Draw(t, "length")}
		}
		return e
	})
}

func maybe[T any](t *rapid.T, g *rapid.Generator[T], name string) *T {
	if !rapid.Bool().Draw(t, name+" present") {
		return nil
	}
	v := g.Draw(t, name)
	return &v
}

// TestSignThenParseIsIdentity: whatever is signed is read as it was; parsing the same bytes twice gives the same.
func TestSignThenParseIsIdentity(t *testing.T) {
	key := messagetest.Key(t)
	base := messagetest.Envelope(t)
	rapid.Check(t, func(t *rapid.T) {
		e := envelopes(base).Draw(t, "envelope")
		signed, err := message.SignEnvelope(e, key)
		if err != nil {
			t.Fatalf("signing a right envelope: %v", err)
		}
		if diff := cmp.Diff(e, signed.Envelope()); diff != "" {
			t.Fatalf("signing changed it:\n%s", diff)
		}
		var read [2]message.VerifiedEnvelope
		for i := range read {
			parsed, err := message.ParseEnvelope(signed.Compact())
			if err != nil {
				t.Fatal(err)
			}
			if read[i], err = parsed.Verify(&key.PublicKey); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(read[0].Envelope(), read[1].Envelope()); diff != "" || read[0].Digest() != read[1].Digest() {
			t.Fatalf("two readings differ:\n%s", diff)
		}
		if diff := cmp.Diff(e, read[0].Envelope()); diff != "" {
			t.Fatalf("reading changed it:\n%s", diff)
		}
		before, err := message.Kop(e)
		if err != nil {
			t.Fatal(err)
		}
		after, err := read[0].Kop()
		if err != nil || string(before) != string(after) {
			t.Fatalf("the kop before signing is not the kop of what was signed (%v)", err)
		}
	})
}
