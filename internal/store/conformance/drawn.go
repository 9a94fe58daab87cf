package conformance

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/replay"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Few of everything, so that drawn writes meet.
var (
	drawnMessages = []string{"m-0", "m-1", "m-2", "m-3"}
	drawnParties  = []party.OIN{"A", "B"}
	drawnPersons  = []string{"p-0", "p-1"}
	drawnStatuses = []message.Status{
		message.Offered, message.Lapsed, message.Status(message.Unreadable), message.Status(message.Received), message.Status(message.TakenOver),
	}
	// DrawnTime is when everything that is drawn happened.
	DrawnTime = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
)

// Staged is a part of a message that was staged for it.
type Staged struct {
	Staging string
	Part    relay.Part
}

// Drawn is a change that chance made: some records, and writes that may meet what is kept or one another, or be of no known kind.
type Drawn struct {
	records int
	writes  []audit.Write
	behind  int64 // how many records ago was looked for what it accepts
}

func (c Drawn) apply(tx audit.Tx, first int64) error {
	for i := range c.records {
		r := tlog.Record{Nr: first + int64(i), Time: DrawnTime.Format(tlog.TimeLayout), Kind: tlog.Offered}
		if i == 0 {
			c.decided(&r)
		}
		canonical, err := r.Canonical() // a move reads from it what PostgreSQL keeps beside it
		if err != nil {
			return err
		}
		if err := tx.AppendRecord(r, canonical, []string{"A"}, time.Time{}); err != nil {
			return err
		}
	}
	for _, w := range c.writes {
		if a, ok := w.(relay.AcceptWrite); ok {
			a.Seen = max(first-c.behind, 0)
			w = a
		}
		if err := tx.Apply(w, first); err != nil {
			return err
		}
	}
	return nil
}

// decided makes a record the decision against a message that a change refuses, if it does.
func (c Drawn) decided(r *tlog.Record) {
	for _, w := range c.writes {
		if refused, ok := w.(relay.RefuseWrite); ok {
			r.Kind, r.Message, r.Reasons = tlog.Decided, &refused.ID, []string{"doel-niet-toegestaan"}
		}
	}
}

// DrawStaged draws what is staged before a batch.
func DrawStaged() *rapid.Generator[Staged] {
	return rapid.Custom(func(t *rapid.T) Staged {
		return Staged{drawStaging(t), rapid.SampledFrom([]relay.Part{relay.PayloadPart, relay.PayloadPart, relay.MotivationPart}).Draw(t, "part")}
	})
}

func drawStaging(t *rapid.T) string {
	return rapid.SampledFrom([]string{"s-0", "s-1"}).Draw(t, "staging")
}

// DrawChange draws a change of a batch; see [Play].
func DrawChange() *rapid.Generator[Drawn] {
	return rapid.Custom(func(t *rapid.T) Drawn {
		c := Drawn{records: rapid.IntRange(1, 2).Draw(t, "records"), behind: rapid.Int64Range(0, 12).Draw(t, "behind")}
		for range rapid.IntRange(0, 3).Draw(t, "writes") {
			c.writes = append(c.writes, drawWrite(t, c.records))
		}
		return c
	})
}

func drawWrite(t *rapid.T, records int) audit.Write {
	id := rapid.SampledFrom(drawnMessages).Draw(t, "message")
	of := rapid.SampledFrom(drawnParties).Draw(t, "party")
	small := rapid.IntRange(0, 2).Draw(t, "small")
	index := rapid.IntRange(0, records-1).Draw(t, "record")
	from := rapid.SampledFrom(drawnStatuses).Draw(t, "from")
	if small > 0 {
		from = message.Offered
	}
	function := vocabulary.Function("f-0")
	switch rapid.SampledFrom([]string{
		"accept", "accept", "accept", "confirm", "confirm", "confirm", "refuse", "refuse", "lapse", "erase", "review", "card", "version", "signature", "change", "wpg", "rules", "unknown",
	}).Draw(t, "kind") {
	case "accept":
		return drawAccept(t, id, index)
	case "confirm":
		to := rapid.SampledFrom([]message.ConfirmationKind{message.Received, message.Unreadable, message.TakenOver}).Draw(t, "to")
		return relay.ConfirmWrite{Message: id, Party: of, Function: function, From: from, To: message.Status(to), Kind: to,
			Compact: fmt.Sprint(id, of, to), Seen: drawSeen(t)}
	case "refuse":
		return relay.RefuseWrite{ID: id}
	case "lapse":
		return relay.LapseWrite{Message: id, Party: of, Function: function, From: from, Seen: drawSeen(t)}
	case "erase":
		return relay.EraseWrite{Message: id, Part: rapid.SampledFrom([]relay.Part{relay.PayloadPart, relay.MotivationPart}).Draw(t, "part")}
	case "review":
		return relay.ReviewWrite{Message: id, Party: of, Cause: relay.CauseMotivation, RecordIndex: index, Due: DrawnTime}
	case "card":
		return party.CardWrite{OIN: of, ID: "c", Version: small + 1, Digest: "d", Compact: fmt.Sprint(of, small)}
	case "version":
		return convenant.VersionWrite{ID: "v", Version: small, Digest: "d", YAML: []byte("y"), Canonical: []byte("c")}
	case "signature":
		return convenant.SignatureWrite{ID: "v", Version: small, Party: of, Verdict: convenant.Agreed, Time: DrawnTime, Compact: fmt.Sprint("s", of, small)}
	case "change":
		return convenant.ChangeWrite{ID: "v", Seq: index, Change: convenant.Change{Version: small, Status: convenant.StatusInForce, Parties: drawnParties, Since: DrawnTime}}
	case "wpg":
		return convenant.WpgDecisionWrite{Number: fmt.Sprint(small), Party: of, Compact: "w"}
	case "rules":
		return replay.RulesWrite{Digest: fmt.Sprint("d", index), Bundle: fmt.Append(nil, min(small, 1)), RecordIndex: index}
	}
	return struct{ unknown bool }{}
}

func drawSeen(t *rapid.T) relay.Seen {
	if !rapid.Bool().Draw(t, "looked") {
		return nil
	}
	return rapid.SliceOfN(rapid.SampledFrom(drawnStatuses[:2]), 1, 2).Draw(t, "seen")
}

func drawAccept(t *rapid.T, id string, index int) relay.AcceptWrite {
	m := relay.Stored{ID: id, Kind: "signaal", Time: DrawnTime, Case: "z", SenderOIN: "A", SenderID: rapid.SampledFrom(drawnPersons).Draw(t, "person"),
		Envelope: "e." + id, Digest: "d", HasMotive: rapid.Bool().Draw(t, "motivated")}
	for _, to := range rapid.SliceOfN(rapid.SampledFrom(drawnParties), 1, 2).Draw(t, "recipients") {
		m.Recipients = append(m.Recipients, relay.RecipientState{Party: to, Function: "f-0", People: []string{`a"b\c{,}`, "NULL", ""},
			Status: message.Offered, Deadline: DrawnTime})
	}
	w := relay.AcceptWrite{Message: m, RecordIndex: index, Day: "2026-11-21"}
	switch rapid.IntRange(0, 9).Draw(t, "ciphertext") {
	case 0: // forgotten; with no other fault
		w.Message.ID, w.Message.Recipients = "m-without", m.Recipients[:1]
		return w
	case 1, 2:
		w.Staging = drawStaging(t)
	default:
		w.Inline = map[relay.Part][]byte{relay.PayloadPart: []byte("payload of " + id)}
		if m.HasMotive {
			w.Inline[relay.MotivationPart] = []byte("motivation")
		}
	}
	if rapid.Bool().Draw(t, "counts") {
		q := relay.SentQuery{Party: "A", Person: rapid.SampledFrom(drawnPersons).Draw(t, "counted"), Kind: "signaal", After: DrawnTime.Add(-time.Hour)}
		w.Counted = []relay.SentCount{{SentQuery: q, Count: rapid.IntRange(0, 1).Draw(t, "count")}}
	}
	return w
}
