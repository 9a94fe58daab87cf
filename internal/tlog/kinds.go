package tlog

// Kinds are all kinds of record, in the order in which a message meets them; the rest after that. Who searches the trail without naming a
// kind looks through the list of each: a kind that is not here would not be found, so a test holds this list to the constants.
var Kinds = []RecordKind{
	Decided, Offered, CoSigned, Fetched, Received, Unreadable, TakenOver, HandedBack, Closed, Erased, Lapsed,
	CardKept, Convenant, Wpg, Review, Consulted, PolicyKept, Refused, LossAdmitted,
	Pruned, Held, Released,
}

// FoundByJWS reports whether a store finds records of a kind by their `jws`, to give who sends the same again the receipt of the first time. A
// message is found by its id, and its records with it; that each of them went into an index of digests, of which every one lands in
// another place, cost more the longer the log was.
func (k RecordKind) FoundByJWS() bool { return k != Decided && k != Offered }
