package relay_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// version puts the next version of the example in force, with changes of its text.
func (s *setting) version(t testing.TB, number string, changes ...string) *convenant.Convenant {
	t.Helper()
	yaml := strings.NewReplacer(append(changes, "versie: 1\n", "versie: "+number+"\n")...).Replace(string(s.ConvenantYAML(t)))
	c, _, err := s.registry.PublishConvenant(t.Context(), s.Parties["gemeente"].OIN, []byte(yaml))
	must(t, err)
	for _, p := range s.Parties {
		_, err := s.registry.PublishSignature(t.Context(), p.OIN, p.SignConvenant(t, c, convenant.Agreed, s.now()))
		must(t, err)
	}
	return c
}

// TestWhoNamesAnOldVersionHearsTheNew: and goes on under it in the same case.
func TestWhoNamesAnOldVersionHearsTheNew(t *testing.T) {
	s := newSetting(t)
	first := s.letter(t)
	s.send(t, first)
	s.version(t, "2")
	old := s.letter(t, func(l *letter) { l.envelope.Case = first.envelope.Case })
	_, err := s.relay.Accept(t.Context(), old.caller, old.sign(t).upload())
	var denied *relay.Denied
	if !errors.As(err, &denied) || len(denied.Reasons) != 1 || denied.Reasons[0].Code != "convenant-niet-van-kracht" || !strings.Contains(denied.Reasons[0].Text, "versie 2") {
		t.Fatalf("error is %v, want that version 2 took its place", err)
	}
	s.send(t, s.letter(t, func(l *letter) {
		l.envelope.Case, l.envelope.Convenant.Version = first.envelope.Case, 2
	}))
	s.send(t, s.letter(t, func(l *letter) { // what went wrong under the old version is put right under the new one
		l.envelope.Kind, l.envelope.Basis, l.envelope.Phase = "correctie", "avg-6-1-c", nil
		l.envelope.Categories = []vocabulary.Category{"identiteit", "signaal"}
		l.envelope.Case, l.envelope.Convenant.Version = first.envelope.Case, 2
	}))
	line, err := s.relay.Case(t.Context(), s.caller(t, "school", "vc-1"), first.envelope.Case)
	must(t, err)
	for i, want := range []int{1, 2, 2} {
		parsed, err := message.ParseEnvelope(line[i].Envelope)
		must(t, err)
		v, err := parsed.Verify(&first.key.Key.PublicKey)
		must(t, err)
		if got := v.Envelope().Convenant.Version; got != want {
			t.Errorf("message %d of the case is under version %d, want %d", i, got, want)
		}
	}
}

// TestWhatIsOnItsWayKeepsItsVersion: "Messages under way keep the version that they were accepted under", however that version ends.
func TestWhatIsOnItsWayKeepsItsVersion(t *testing.T) {
	for _, how := range []string{"replaced", "withdrawn", "lapsed"} {
		t.Run(how, func(t *testing.T) {
			s := newSetting(t)
			_, from, ok := bytes.Cut(s.ConvenantYAML(t), []byte("geldig: "))
			if !ok {
				t.Fatal("no geldig")
			}
			term, _, _ := bytes.Cut(from, []byte("\n"))
			until := s.now().AddDate(0, 0, 1).Format(time.DateOnly)
			s.version(t, "2", string(term), "{van: 2025-01-01, tot: "+until+"}")
			under2 := func(l *letter) { l.envelope.Convenant.Version = 2 }
			read, left := s.letter(t, under2), s.letter(t, under2)
			s.send(t, read)
			s.send(t, left)
			switch how {
			case "replaced":
				s.version(t, "3", "doorvoertermijn: PT72H", "doorvoertermijn: PT1H")
			case "withdrawn":
				school := s.Parties["school"]
				st, _ := s.registry.Snapshot().Convenant(read.envelope.Convenant.ID, 2)
				_, err := s.registry.PublishSignature(t.Context(), school.OIN, school.SignConvenant(t, st.Convenant, convenant.Withdrawn, s.now()))
				must(t, err)
			}
			s.pass(71 * time.Hour) // the term of the flow it was accepted under is 72 hours
			s.refusedFor(t, s.letter(t, under2), "convenant-niet-van-kracht")
			must(t, s.relay.Sweep(t.Context()))
			if !bytes.Equal(s.fetched(t, read), read.payload) {
				t.Error("it can not be fetched as it was sent")
			}
			for _, kind := range []message.ConfirmationKind{message.Received, message.TakenOver} {
				size := s.size(t)
				_, _, err := s.confirm(t, read, kind, "wa-7")
				must(t, err)
				if r := s.record(t, size); r.Convenant == nil || r.Convenant.Version != 2 {
					t.Errorf("the record of %s does not name the version", r.Kind)
				}
			}
			s.pass(2 * time.Hour)
			size := s.size(t)
			must(t, s.relay.Sweep(t.Context()))
			for i, kind := range []tlog.RecordKind{tlog.Lapsed, tlog.Erased} {
				if r := s.record(t, size+int64(i)); r.Kind != kind || r.Convenant == nil || r.Convenant.Version != 2 {
					t.Errorf("record %d is %s, want %s under version 2", i, r.Kind, kind)
				}
			}
			if st, err := s.store.Message(t.Context(), left.envelope.ID); err != nil || st.HasPayload {
				t.Errorf("the content is held after its term: %v", err)
			}
		})
	}
}

// TestAnswersGoUnderTheNewVersion: also to a question of before. What the new version does not carry any more is not answered: who was asked hands
// the question back, which no version can forbid.
func TestAnswersGoUnderTheNewVersion(t *testing.T) {
	for _, carries := range []bool{true, false} {
		s := newSetting(t)
		s.agree(t, "versie: 1\n", "versie: 2\n")
		question := s.letter(t, func(l *letter) {
			s.from(t, l, "veilig-thuis", "vt-1", "school", "vc-1")
			l.envelope.Convenant.Version, l.envelope.Kind, l.envelope.Phase = 2, "check-op-bekendheid", nil
			l.envelope.Purpose, l.envelope.Categories = "hulp-en-zorg", []vocabulary.Category{"identiteit"}
		})
		s.send(t, question)
		if carries {
			s.agree(t, "versie: 1\n", "versie: 3\n")
		} else {
			s.version(t, "3")
		}
		answer := func(version int) *letter {
			return s.letter(t, func(l *letter) {
				s.from(t, l, "school", "vc-1", "veilig-thuis", "vt-1")
				l.envelope.Convenant.Version, l.envelope.Kind, l.envelope.Phase = version, "check-op-bekendheid-uitslag", nil
				l.envelope.Purpose, l.envelope.Categories = "hulp-en-zorg", []vocabulary.Category{"identiteit"}
				l.envelope.InReplyTo, l.envelope.Case = &question.envelope.ID, question.envelope.Case
			})
		}
		s.refusedFor(t, answer(2), "convenant-niet-van-kracht")
		if carries {
			s.send(t, answer(3))
			continue
		}
		s.refusedFor(t, answer(3), "stroom-niet-toegestaan")
		school := s.Parties["school"].Person("vc-1")
		for _, kind := range []message.ConfirmationKind{message.Received, message.HandedBack} {
			_, _, err := s.relay.Confirm(t.Context(), s.caller(t, "school", "vc-1"), question.envelope.ID, s.confirmation(t, question, kind, school))
			must(t, err)
		}
	}
}
