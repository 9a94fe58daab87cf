package message

import "errors"

// Status is where a message is for one recipient: aangeboden, then the confirmations, or verlopen.
type Status string

// Statuses that no confirmation gives.
const (
	Offered Status = "aangeboden"
	Lapsed  Status = "verlopen"
)

// ErrTransition says that a confirmation does not follow from the status that a message has.
var ErrTransition = errors.New("statusovergang bestaat niet")

// moves are the arrows of WIRE ("aangeboden → ontvangen → overgenomen | teruggegeven → afgesloten; onleesbaar; verlopen"). Who
// takes over or hands back has received, so those may come first. What could not be read can be received when it was sent again.
var moves = map[Status][]ConfirmationKind{
	Offered:            {Received, Unreadable, TakenOver, HandedBack},
	Status(Unreadable): {Received},
	Status(Received):   {TakenOver, HandedBack},
	Status(TakenOver):  {Closed},
	Status(HandedBack): {Closed},
	Status(Closed):     nil,
	Lapsed:             nil,
}

// Next gives the status after a confirmation, or [ErrTransition].
func Next(from Status, kind ConfirmationKind) (Status, error) {
	for _, to := range moves[from] {
		if to == kind {
			return Status(kind), nil
		}
	}
	return from, ErrTransition
}

// advance orders the statuses from least to most advanced. Lapsed comes before ontvangen, and teruggegeven before overgenomen:
// what somebody still has to look after must not hide behind what is done ("Laat pas los als er zekerheid bestaat dat een ander
// het van je heeft overgenomen", 001).
var advance = map[Status]int{
	Offered:            1,
	Status(Unreadable): 2,
	Lapsed:             3,
	Status(Received):   4,
	Status(HandedBack): 5,
	Status(TakenOver):  6,
	Status(Closed):     7,
}

// Least gives the least advanced of the statuses of the recipients: the status of the message. Without recipients nothing
// has happened yet: aangeboden.
func Least(statuses []Status) Status {
	if len(statuses) == 0 {
		return Offered
	}
	least := statuses[0]
	for _, s := range statuses[1:] {
		if advance[s] < advance[least] {
			least = s
		}
	}
	return least
}

// Delivered reports whether a recipient in this status no longer needs the ciphertext: ontvangen or beyond, or verlopen.
// A status that Sluis does not know is not delivered.
func (s Status) Delivered() bool { return advance[s] >= advance[Lapsed] }
