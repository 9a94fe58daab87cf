package tlog

// Kinds are all kinds of record, in the order in which a message meets them; the rest after that. Who searches the trail without naming a
// kind looks through the list of each: a kind that is not here would not be found, so a test holds this list to the constants.
var Kinds = []RecordKind{
	Decided, Offered, CoSigned, Fetched, Received, Unreadable, TakenOver, HandedBack, Closed, Erased, Lapsed,
	CardKept, Convenant, Wpg, Review, Consulted, PolicyKept, Refused, LossAdmitted,
	Pruned, Held, Released,
}
