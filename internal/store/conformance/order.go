package conformance

import (
	"errors"
	"math"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// inOrder: changes of one transaction come one after another. Each meets what those before it kept, and nothing of those after it, however
// a store sends them to its engine. One conflict a batch also stands alone here: where there are more, a store may find the second only
// because it met the first.
func inOrder(t *testing.T, h *house) {
	const unreadable, received = message.Status(message.Unreadable), message.Status(message.Received)
	for name, batch := range map[string]func(m relay.Stored) []step{
		"accepted, then confirmed": func(m relay.Stored) []step {
			return []step{{moved(m, 0, message.Offered, received), false}, {offered(m), true}, {moved(m, 0, message.Offered, received), true}}
		},
		"moved twice": func(m relay.Stored) []step {
			return []step{{offered(m), true}, {moved(m, 0, message.Offered, unreadable), true}, {moved(m, 0, unreadable, received), true},
				{moved(m, 0, unreadable, received), false}, {moved(m, 1, message.Offered, received), true}}
		},
		"moved as it was seen": func(m relay.Stored) []step {
			late := moved(m, 1, message.Offered, received)
			late.Seen = relay.Seen{message.Offered, message.Offered}
			right := late
			right.Seen = relay.Seen{received, message.Offered}
			return []step{{offered(m), true}, {moved(m, 0, message.Offered, received), true}, {late, false}, {right, true}}
		},
		"confirmed, then accepted": func(m relay.Stored) []step {
			return []step{{moved(m, 0, message.Offered, received), false}, {offered(m), true}}
		},
		"reviewed, then accepted": func(m relay.Stored) []step { return []step{{review(m), false}, {offered(m), true}} },
		"erased, then accepted":   func(m relay.Stored) []step { return []step{{erased(m), false}, {offered(m), true}} },
		"seen too early": func(m relay.Stored) []step {
			late := moved(m, 1, message.Offered, received)
			late.Seen = relay.Seen{message.Offered, message.Offered}
			return []step{{offered(m), true}, {moved(m, 0, message.Offered, received), true}, {late, false}}
		},
		"counted too early": func(m relay.Stored) []step {
			return []step{{counted(m.ID, 0), true}, {counted(m.ID, 0), false}}
		},
		"accepted twice": func(m relay.Stored) []step { return []step{{offered(m), true}, {offered(m), false}} },
		"refused, then accepted": func(m relay.Stored) []step {
			return []step{{refused(m), true}, {refused(letter()), true}, {refused(m), true}, {offered(m), true}}
		},
		"refused, then accepted as it was before": func(m relay.Stored) []step {
			return []step{{offeredUnaware(letter()), true}, {refused(m), true}, {offeredUnaware(letter()), true}, {offeredUnaware(m), false}, {offered(m), true}}
		},
		"another refused, then accepted as it was before": func(m relay.Stored) []step {
			return []step{{refused(letter()), true}, {offeredUnaware(m), true}, {refused(letter()), true}, {offeredUnaware(letter()), true}}
		},
		"accepted, then refused": func(m relay.Stored) []step {
			return []step{{offered(m), true}, {refused(letter()), true}, {refused(m), false}, {refused(letter()), true}}
		},
		"confirmed, then refused": func(m relay.Stored) []step {
			return []step{{offered(m), true}, {moved(m, 0, message.Offered, received), true}, {refused(m), false}}
		},
		"erased, twice, and accepted again": func(m relay.Stored) []step {
			return []step{{erased(m), false}, {offered(m), true}, {erased(m), true}, {erased(m), false}, {offered(m), false}}
		},
		"counted": func(m relay.Stored) []step {
			return []step{{counted(m.ID, 1), false}, {counted(m.ID, 0), true}, {counted(m.ID, 0), false}, {counted(m.ID, 1), true}, {counted(m.ID, 2), true}}
		},
		"versions of a card": func(m relay.Stored) []step {
			return []step{{card(m.ID, 2), true}, {card(m.ID, 1), false}, {card(m.ID, 2), false}, {card(m.ID, 3), true}}
		},
		"reviewed": func(m relay.Stored) []step {
			return []step{{review(m), false}, {offered(m), true}, {review(m), true}, {review(m), false}}
		},
	} {
		steps := batch(letter())
		got := make([]error, len(steps))
		h.must(h.Update(h.ctx, func(tx audit.Tx) error {
			head, err := tx.Head()
			h.must(err)
			for i, s := range steps {
				got[i] = tx.Savepoint(func() error {
					r := tlog.Record{Nr: head.Size, Time: someTime, Kind: tlog.Offered}
					if w, ok := s.write.(relay.RefuseWrite); ok {
						r.Kind, r.Message, r.Reasons = tlog.Decided, &w.ID, []string{"doel-niet-toegestaan"}
					}
					if err := tx.AppendRecord(r, []byte("{}"), nil, time.Time{}); err != nil {
						return err
					}
					return tx.Apply(s.write, head.Size)
				})
				if got[i] == nil {
					head.Size++
				}
			}
			head.Checkpoint, head.LastTime = []byte(name), now()
			return tx.SetHead(head)
		}))
		for i, s := range steps {
			if want := map[bool]error{false: audit.ErrConflict}[s.kept]; !errors.Is(got[i], want) || (got[i] == nil) != s.kept {
				t.Errorf("%s, step %d: %v", name, i, got[i])
			}
		}
	}
}

// step is one change of a transaction, and whether it is kept.
type step struct {
	write audit.Write
	kept  bool
}

// offered keeps a message whatever was decided on it before.
func offered(m relay.Stored) relay.AcceptWrite {
	w := offeredUnaware(m)
	w.Seen = math.MaxInt64
	return w
}

// offeredUnaware keeps a message that was looked for when the log was empty.
func offeredUnaware(m relay.Stored) relay.AcceptWrite {
	return relay.AcceptWrite{Message: m, Day: today, Inline: map[relay.Part][]byte{relay.PayloadPart: []byte("x")}}
}

func refused(m relay.Stored) relay.RefuseWrite { return relay.RefuseWrite{ID: m.ID} }

func erased(m relay.Stored) relay.EraseWrite {
	return relay.EraseWrite{Message: m.ID, Part: relay.PayloadPart}
}

func review(m relay.Stored) relay.ReviewWrite {
	return relay.ReviewWrite{Message: m.ID, Party: school, Cause: relay.CauseUndeclared, Due: now()}
}

// counted is a new message of a person who sent n before.
func counted(person string, n int) relay.AcceptWrite {
	w := offered(letter())
	w.Message.SenderID = person
	q := relay.SentQuery{Party: w.Message.SenderOIN, Person: person, Kind: w.Message.Kind, After: w.Message.Time.Add(-time.Minute)}
	w.Counted = []relay.SentCount{{SentQuery: q, Count: n}}
	return w
}

// moved is a confirmation that moves one recipient.
func moved(m relay.Stored, recipient int, from, to message.Status) relay.ConfirmWrite {
	r := m.Recipients[recipient]
	return relay.ConfirmWrite{Message: m.ID, Party: r.Party, Function: r.Function, From: from, To: to, Kind: message.ConfirmationKind(to), Compact: "c"}
}
