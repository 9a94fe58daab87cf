package relay_test

import (
	"slices"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// TestLastConfirmationAndErasureAreOne: the confirmation, the erasure and the record of each are one change. When the erasure
// cannot be, there is no confirmation either, and no record says that something was erased that was not.
func TestLastConfirmationAndErasureAreOne(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t)
	s.send(t, l)
	size, tries := s.size(t), 0
	s.log.before = func(c audit.Change) error {
		var kinds []tlog.RecordKind
		for _, r := range c.Records {
			kinds = append(kinds, r.Kind)
		}
		tries++
		switch tries {
		case 1:
			if !slices.Equal(kinds, []tlog.RecordKind{"ontvangen", tlog.Erased}) || len(c.Writes) != 2 {
				t.Errorf("the first try has records %v and %d writes", kinds, len(c.Writes))
			}
			// Somebody else erases in between: the store refuses to erase again, and with that the whole change.
			other := audit.Change{
				Records: []tlog.Record{{Kind: tlog.Erased, Message: &l.envelope.ID}},
				Writes:  []audit.Write{relay.EraseWrite{Message: l.envelope.ID, Part: relay.PayloadPart}},
			}
			_, err := s.log.Log.Commit(t.Context(), other)
			must(t, err)
		case 2:
			st, err := s.store.Message(t.Context(), l.envelope.ID)
			must(t, err)
			if st.Recipients[0].Status != message.Offered || len(st.Confirmed) > 0 || s.size(t) != size+1 {
				t.Errorf("half of the change was kept: %s, %d confirmations, %d records", st.Recipients[0].Status, len(st.Confirmed), s.size(t)-size)
			}
			if !slices.Equal(kinds, []tlog.RecordKind{"ontvangen"}) {
				t.Errorf("the second try has records %v", kinds)
			}
		}
		return nil
	}
	_, _, err := s.confirm(t, l, message.Received, "wa-7")
	must(t, err)
	if tries != 2 || s.size(t) != size+2 {
		t.Errorf("%d tries, %d records", tries, s.size(t)-size)
	}
}
