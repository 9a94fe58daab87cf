package relay_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/registry/registrytest"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// under puts a convenant in force in which the signaal of school to police has other conditions, and gives letters under it.
func (s *setting) under(t testing.TB, conditions string) func(...func(*letter)) *letter {
	t.Helper()
	yaml := bytes.Replace(s.ConvenantYAML(t), []byte("convenant: "+registrytest.ConvenantID), []byte("convenant: met-voorwaarden"), 1)
	old := []byte("voorwaarden: [vaste-contactpersoon, {fase-minimaal: 2}, ouders-geinformeerd, proportioneel]")
	if !bytes.Contains(yaml, old) {
		t.Fatal("the example has other conditions than this test begins with")
	}
	yaml = bytes.Replace(yaml, old, []byte("voorwaarden: "+conditions), 1)
	c, _, err := s.registry.PublishConvenant(t.Context(), s.Parties["gemeente"].OIN, yaml)
	must(t, err)
	for _, p := range s.Parties {
		_, err := s.registry.PublishSignature(t.Context(), p.OIN, p.SignConvenant(t, c, convenant.Agreed, s.now()))
		must(t, err)
	}
	return func(change ...func(*letter)) *letter {
		return s.letter(t, append([]func(*letter){func(l *letter) {
			l.envelope.Convenant = message.ConvenantRef{ID: "met-voorwaarden", Version: 1}
		}}, change...)...)
	}
}

// by lets somebody sign with the sender, over the envelope as it is sent.
func (s *setting) by(t testing.TB, who *registrytest.Person) func(*letter) {
	return func(l *letter) {
		l.second = func(l *letter) string {
			parsed, err := message.ParseEnvelope(l.compact)
			must(t, err)
			v, err := parsed.Verify(&l.key.Key.PublicKey)
			must(t, err)
			signed, err := message.SignCoSignature(v, message.NewTime(s.now()), who.Key)
			must(t, err)
			return signed.Compact()
		}
	}
}

func TestFourEyes(t *testing.T) {
	s := newSetting(t)
	compose := s.under(t, "[vier-ogen]")
	school := s.Parties["school"]
	s.refusedFor(t, compose(), "tweede-akkoord-ontbreekt")
	s.refusedFor(t, compose(s.by(t, school.Person("vc-1"))), "tweede-akkoord-ontbreekt") // one's own

	before := s.size(t)
	l := compose(s.by(t, school.Person("zc-1")))
	done := s.send(t, l)
	offered, err := s.verifier(done.Receipt)
	must(t, err)
	if offered.Kind != tlog.Offered {
		t.Errorf("the receipt is of %s", offered.Kind)
	}
	second := s.record(t, before+2)
	if second.Kind != tlog.CoSigned || second.Sender.Participant != "zc-1" || len(second.Recipients) != 1 || *second.Message != done.ID {
		t.Fatalf("the second signature is kept as %+v", second)
	}
	parsed, err := message.ParseCoSignature(*second.JWS)
	must(t, err)
	if _, err := parsed.Verify(&school.Person("zc-1").Key.PublicKey); err != nil {
		t.Errorf("the trail does not prove it: %v", err)
	}
	size := s.size(t)
	s.pass(48 * time.Hour) // the same envelope again, whatever comes with it
	l.second = func(*letter) string { return "x" }
	again, err := s.relay.Accept(t.Context(), l.caller, l.upload())
	if must(t, err); !again.Again || s.size(t) != size {
		t.Error("sent again it is another message")
	}
}

// TestWhoCannotBeTheSecond: refused before anything is decided when nobody of the party signed this, and by the rules when somebody did
// who may not.
func TestWhoCannotBeTheSecond(t *testing.T) {
	s := newSetting(t)
	compose := s.under(t, "[vier-ogen]")
	school := s.Parties["school"]
	expired, software, stranger := school.Add(t, "oud-1", "zorgcoordinator"), school.Add(t, "as-1", "aansluiting"), school.Add(t, "wie-1", "zorgcoordinator")
	expired.Card.Valid = party.Validity{From: "2020-01-01", Until: "2020-12-31"}
	for _, who := range []*registrytest.Person{expired, software} {
		_, err := s.registry.PublishCard(t.Context(), school.OIN, school.SignPerson(t, who))
		must(t, err)
		before := s.size(t)
		l := compose(s.by(t, who))
		s.refusedFor(t, l, "tweede-akkoord-ontbreekt")
		if rec := s.record(t, before+1); s.size(t) != before+2 || rec.Kind != tlog.CoSigned || len(rec.Recipients) > 0 {
			t.Errorf("of the refusal the trail has %+v", rec)
		}
	}
	for name, who := range map[string]*registrytest.Person{
		"of another party": s.Parties["politie"].Person("wa-8"), "without a card": stranger, "of the recipient": s.Parties["politie"].Person("wa-7"),
	} {
		t.Run(name, func(t *testing.T) {
			size, l := s.size(t), compose(s.by(t, who)).sign(t)
			_, err := s.relay.Accept(t.Context(), l.caller, l.upload())
			wantErr(t, err, relay.ErrCoSigner)
			s.unchanged(t, size, l.envelope.ID)
		})
	}
}

func TestASecondSignatureOverSomethingElse(t *testing.T) {
	s := newSetting(t)
	compose := s.under(t, "[vier-ogen]")
	zc := s.Parties["school"].Person("zc-1")
	other := compose(s.by(t, zc)).sign(t)
	for name, c := range map[string]struct {
		second func(*letter) string
		place  string
	}{
		"another message": {func(*letter) string { return other.second(other) }, "medeondertekening"},
		"no signature":    {func(*letter) string { return "geen" }, "medeondertekening"},
		"an envelope":     {func(l *letter) string { return l.compact }, "medeondertekening.header.typ"},
	} {
		t.Run(name, func(t *testing.T) {
			size, l := s.size(t), compose(func(l *letter) { l.second = c.second }).sign(t)
			_, err := s.relay.Accept(t.Context(), l.caller, l.upload())
			wantFault(t, err, c.place)
			s.unchanged(t, size, l.envelope.ID)
		})
	}
	// The signature of one letter under the content of another: the key is right, and the signature is not.
	l := compose(s.by(t, zc)).sign(t)
	mixed := l.second
	l.second = func(l *letter) string {
		mine, others := strings.Split(mixed(l), "."), strings.Split(other.second(other), ".")
		return mine[0] + "." + mine[1] + "." + others[2]
	}
	_, err := s.relay.Accept(t.Context(), l.caller, l.upload())
	wantErr(t, err, relay.ErrCoSigner)
}

// TestTimeForASecondSignature: a colleague has a day to read it, and no more.
func TestTimeForASecondSignature(t *testing.T) {
	s := newSetting(t)
	compose := s.under(t, "[vier-ogen]")
	zc := s.Parties["school"].Person("zc-1")
	inTime, late := compose(s.by(t, zc)).sign(t), compose(s.by(t, zc)).sign(t)
	s.pass(23 * time.Hour)
	_, err := s.relay.Accept(t.Context(), inTime.caller, inTime.upload())
	must(t, err)
	s.pass(2 * time.Hour)
	_, err = s.relay.Accept(t.Context(), late.caller, late.upload())
	wantFault(t, err, "tijd")
}

// TestACoSignerWhoseKeyIsReplacedMeanwhile: the message is kept on who stands on the cards when it commits.
func TestACoSignerWhoseKeyIsReplacedMeanwhile(t *testing.T) {
	s := newSetting(t)
	compose := s.under(t, "[vier-ogen]")
	l := compose(s.by(t, s.Parties["school"].Person("zc-1"))).sign(t)
	up := l.during(func() { s.renew(t, "school", "zc-1") })
	up.CoSignature = l.upload().CoSignature
	_, err := s.relay.Accept(t.Context(), l.caller, up)
	wantErr(t, err, relay.ErrCoSigner)
	s.notKept(t, l.envelope.ID)
}
