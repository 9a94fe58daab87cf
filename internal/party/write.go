package party

// CardWrite is the write that keeps a card; declared here, kept by store/*. ID is "" for a partijkaart.
type CardWrite struct {
	OIN     OIN
	ID      string
	Version int
	Digest  string // of the compact JWS, `sha-256=:base64:`
	Compact string
}

// Write gives the write that keeps this card.
func (v VerifiedCard) Write() CardWrite {
	return CardWrite{OIN: v.card.OIN, Version: v.card.Version, Digest: v.digest.String(), Compact: v.compact}
}

// Write gives the write that keeps this card.
func (v VerifiedParticipant) Write() CardWrite {
	p := v.participant
	return CardWrite{OIN: p.OIN, ID: p.ID, Version: p.Version, Digest: v.digest.String(), Compact: v.compact}
}
