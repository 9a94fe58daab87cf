package conformance

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

const (
	school party.OIN = "00000099000000030000"
	police party.OIN = "00000099000000020000"
	care   party.OIN = "00000099000000040000"

	today = "2026-11-21"
)

// letter gives a message from the school to people of the police and of Veilig Thuis.
func letter() relay.Stored {
	id := uuid.Must(uuid.NewV7()).String()
	return relay.Stored{
		ID: id, Kind: "signaal", Time: now(), Case: uuid.Must(uuid.NewV7()).String(), SenderOIN: school, SenderID: "vc-1",
		Envelope: "envelope." + id, Digest: "sha-256=:" + id + ":",
		Recipients: []relay.RecipientState{
			{Party: police, Function: "wijkagent", People: []string{"wa-7", "wa-8"}, Status: message.Offered, Deadline: now().Add(time.Hour)},
			{Party: care, Function: "medewerker-veilig-thuis", People: []string{"vt-1"}, Status: message.Offered, Deadline: now().Add(2 * time.Hour)},
		},
	}
}

// accepted is the change that keeps a message with its ciphertext: a decision for each recipient, then the offer.
func accepted(m relay.Stored, ciphertext []byte) audit.Change {
	return audit.Change{
		Records: []tlog.Record{
			{Kind: tlog.Decided, Message: &m.ID, Sender: &tlog.Actor{Party: string(m.SenderOIN)}, Decision: ptr(audit.Allowed)},
			{Kind: tlog.Offered, Message: &m.ID, Sender: &tlog.Actor{Party: string(m.SenderOIN)}, JWS: &m.Envelope},
		},
		Writes: []audit.Write{relay.AcceptWrite{
			Message: m, RecordIndex: 1, Day: today, Inline: map[relay.Part][]byte{relay.PayloadPart: ciphertext},
		}},
	}
}

// send keeps a message and gives it as it should read back.
func (h *house) send(m relay.Stored) relay.Stored {
	h.t.Helper()
	done := h.commit(accepted(m, []byte("ciphertext of "+m.ID)))
	m.Nr = done.Records[1].Nr
	m.HasPayload = true
	return m
}

// confirm commits a confirmation of one recipient.
func (h *house) confirm(id string, r relay.RecipientState, to message.ConfirmationKind) error {
	return h.keep(tlog.RecordKind(to), relay.ConfirmWrite{
		Message: id, Party: r.Party, Function: r.Function, From: r.Status, To: message.Status(to), Kind: to,
		Compact: fmt.Sprintf("%s by %s of %s", to, r.Party, id),
	})
}
