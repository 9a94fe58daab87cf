package client_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// renew publishes a next version of somebody's card.
func renew(t *testing.T, who *gatewaytest.Person, change func(*party.Participant)) {
	t.Helper()
	next := who.Participant
	next.Version++
	change(&next)
	card, err := party.SignParticipant(next, who.Party.Admin)
	check(t, err)
	_, err = (&between{}).client(t, who).PublishCard(t.Context(), card)
	check(t, err)
	who.Participant = next
}

// TestReadingKeyIsRenewed: what is on its way opens with the key before; what comes after, with the new one alone.
func TestReadingKeyIsRenewed(t *testing.T) {
	r := gatewaytest.Start(t)
	agent := r.Person("politie/wa-7")
	before, err := (&between{}).client(t, r.Person("school/vc-1")).Send(t.Context(), signal(r, aboutNoor))
	check(t, err)
	old, err := os.ReadFile(filepath.Join(agent.Profile, "age.txt"))
	check(t, err)
	public, err := client.RenewReadingKey(agent.Profile)
	check(t, err)
	if len(public.Age) != 1 || slices.Equal(public.Age, agent.Participant.Age) {
		t.Fatalf("the card would have %d keys, or the old one", len(public.Age))
	}
	renew(t, agent, func(p *party.Participant) { p.Age = public.Age })
	_, err = (&between{}).client(t, agent).Receive(t.Context(), before.ID)
	check(t, err)

	after, err := (&between{}).client(t, r.Person("school/vc-1")).Send(t.Context(), signal(r, aboutNoor))
	check(t, err)
	check(t, os.WriteFile(filepath.Join(agent.Profile, "age.txt"), old, 0o600))
	var cannot *client.UnreadableError
	if _, err := (&between{}).client(t, agent).Receive(t.Context(), after.ID); !errors.As(err, &cannot) {
		t.Errorf("sealed for the old key: %v", err)
	}
}

// TestSigningKeyIsRenewed: a message that was signed with the key before is genuine when the new card says that it still counted,
// and the recipient knew the card before; and else not.
func TestSigningKeyIsRenewed(t *testing.T) {
	soon := time.Now().Add(time.Hour).Format(time.RFC3339)
	past := time.Now().Add(-time.Hour).Format(time.RFC3339)
	for name, c := range map[string]struct {
		until *string
		knew  bool
		good  bool
	}{
		"still counted":                    {&soon, true, true},
		"withdrawn at once":                {nil, true, false},
		"did not count any more":           {&past, true, false},
		"the recipient never saw that key": {&soon, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			r := gatewaytest.Start(t)
			sender, agent := r.Person("school/vc-1"), r.Person("politie/wa-7")
			sent, err := (&between{}).client(t, sender).Send(t.Context(), signal(r, aboutNoor))
			check(t, err)
			if c.knew {
				_, err := (&between{}).client(t, agent).Message(t.Context(), sent.ID)
				check(t, err)
			}
			key, err := jose.GenerateKey()
			check(t, err)
			renew(t, sender, func(p *party.Participant) { p.Key, p.ReplacesTo = &key.PublicKey, c.until })
			_, err = (&between{}).client(t, agent).Receive(t.Context(), sent.ID)
			if c.good {
				check(t, err)
				return
			}
			refused(t, err, client.EnvelopeFalse)
		})
	}
}

// TestWhoLeavesOrMovesIsStillBelieved: what somebody sent before the card was withdrawn, or named another function, is genuine when the
// new card says that the one before still counted; and else not, for then something was wrong.
func TestWhoLeavesOrMovesIsStillBelieved(t *testing.T) {
	soon := time.Now().Add(time.Hour).Format(time.RFC3339)
	for name, change := range map[string]func(*party.Participant){
		"withdrawn": func(p *party.Participant) {
			p.Valid.From, p.Valid.Until = party.Day(time.Now().AddDate(0, -1, 0)), party.Day(time.Now().AddDate(0, 0, -2))
		},
		"another function": func(p *party.Participant) { p.Functions = []vocabulary.Function{"schoolleiding"} },
	} {
		for _, until := range []*string{&soon, nil} {
			t.Run(name, func(t *testing.T) {
				r := gatewaytest.Start(t)
				sender, agent := r.Person("school/vc-1"), r.Person("politie/wa-7")
				sent, err := (&between{}).client(t, sender).Send(t.Context(), signal(r, aboutNoor))
				check(t, err)
				_, err = (&between{}).client(t, agent).Message(t.Context(), sent.ID)
				check(t, err)
				renew(t, sender, func(p *party.Participant) { change(p); p.ReplacesTo = until })
				if _, err = (&between{}).client(t, agent).Receive(t.Context(), sent.ID); until != nil {
					check(t, err)
					return
				}
				refused(t, err, client.EnvelopeFalse)
			})
		}
	}
}

// TestSubstituteAsksToSendAgain: who replaces somebody cannot open what was sealed before; sent again, it comes to them.
func TestSubstituteAsksToSendAgain(t *testing.T) {
	r := gatewaytest.Start(t)
	agent, substitute := r.Person("politie/wa-7"), r.Person("politie/sc-1")
	school := (&between{}).client(t, r.Person("school/vc-1"))
	sent, err := school.Send(t.Context(), signal(r, aboutNoor))
	check(t, err)
	renew(t, substitute, func(p *party.Participant) { p.Functions = []vocabulary.Function{"schoolcontactpersoon", "wijkagent"} })
	until := party.Day(time.Now().AddDate(0, 0, 7))
	renew(t, agent, func(p *party.Participant) { p.AbsentUntil, p.Substitute = &until, &substitute.ID })

	their := (&between{}).client(t, substitute)
	var cannot *client.UnreadableError
	if _, err := their.Receive(t.Context(), sent.ID); !errors.As(err, &cannot) || !strings.Contains(err.Error(), "een collega die u vervangt") {
		t.Fatalf("what the substitute is told: %v", err)
	}
	done, err := their.ConfirmUnreadable(t.Context(), sent.ID)
	check(t, err)
	if done.Status != message.Status(message.Unreadable) {
		t.Errorf("the sender sees %s", done.Status)
	}
	again, err := (&between{}).client(t, r.Person("school/vc-1")).Send(t.Context(), signal(r, aboutNoor))
	check(t, err)
	got, err := their.Receive(t.Context(), again.ID)
	check(t, err)
	if !bytes.Contains(got.Body, []byte("Noor")) {
		t.Error("another body came out")
	}
}
