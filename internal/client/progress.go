package client

import (
	"time"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/term"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Progress is where a message is for one recipient, by what that recipient signed, and by when a reaction was due.
type Progress struct {
	Party    party.OIN
	Function vocabulary.Function
	Name     string // of the organisation, as on its verified card; "" when it cannot be had

	People []Contact // whom the message was sent to, as on their verified cards; those whose card is gone are left out

	// Status is what signatures show. Nobody signs verlopen: that is the gateway's word.
	Status message.Status
	// Claimed is what the gateway says, when it is further than signatures show; else "". Nobody should let go on its word.
	Claimed message.Status
	Since   time.Time       // when Status was signed; zero for aangeboden and verlopen
	By      string          // participant who signed Status
	Advice  *message.Advice // who should have had it, when it was handed back
	Advised string          // the organisation of Advice, as on its verified card

	TakenOver  bool      // somebody signed overgenomen, and may have closed it since
	HandedBack time.Time // when somebody signed teruggegeven; zero when nobody did
	Answer     string    // id of the message that answers this one, when its kind wants an answer
	FollowedBy string    // id of the message by which the sender sent it on, or sent it again

	Term    term.Term // reactietermijn of the flow; zero when there is none
	Due     time.Time // the last moment for a reaction; zero when there is no term
	Reacted time.Time // of the first reaction: taken over, handed back, closed or answered; zero when there is none
	Until   time.Time // when the gateway erases the content, read or not; the gateway's word
}

// Contact is how to reach somebody, as their party wrote it on their card.
type Contact struct {
	ID, Name     string
	Phone, Email string // "" when the card has none
}

// Late reports whether a reaction is overdue at now. From when on is Due.
func (p Progress) Late(now time.Time) bool {
	return !p.Due.IsZero() && p.Reacted.IsZero() && p.FollowedBy == "" && now.After(p.Due)
}

// ReactedLate reports whether there was a reaction, after the term.
func (p Progress) ReactedLate() bool {
	return !p.Due.IsZero() && !p.Reacted.IsZero() && p.Reacted.After(p.Due)
}

// Lost reports whether nobody read the message, or could, and the sender did not send it again.
func (p Progress) Lost() bool {
	return (p.Status == message.Lapsed || p.Status == message.Status(message.Unreadable)) && p.FollowedBy == "" && p.Answer == ""
}

// Settled reports whether the sender can let go: "Laat pas los als er zekerheid bestaat dat een ander het van je heeft
// overgenomen" (Handreiking onderwijs en veiligheid). Handing back is a reaction and settles nothing.
func (p Progress) Settled() bool { return p.TakenOver || p.Answer != "" || p.FollowedBy != "" }

// apply moves the progress by one signed confirmation; one that the arrows do not allow changes nothing.
func (p *Progress) apply(r reaction) {
	next, err := message.Next(p.Status, r.said.Kind)
	if err != nil {
		return
	}
	p.Status, p.Since, p.By = next, r.said.Time.Time, r.who
	switch r.said.Kind {
	case message.TakenOver:
		p.TakenOver = true
	case message.HandedBack:
		p.HandedBack, p.Advice = p.Since, r.said.Advice
	case message.Closed:
	default:
		return // received, or not readable: no reaction yet
	}
	if p.Reacted.IsZero() {
		p.Reacted = p.Since
	}
}

// claim compares with what the gateway says.
func (p *Progress) claim(said message.Status) {
	if said == p.Status {
		return
	}
	if said == message.Lapsed && !p.Status.Delivered() {
		p.Status, p.Since, p.By = said, time.Time{}, ""
		return
	}
	if message.Least([]message.Status{said, p.Status}) == p.Status {
		p.Claimed = said
	}
}
