package trailcheck

// take takes what a record says under a name, written as it is in JSON.
func (s *said) take(name string, of value) {
	switch name {
	case `"afzender"`:
		if party, ok := of.member("partij").text(); ok {
			s.sender = &party
		}
		s.participant = of.member("deelnemer").said()
	case `"ontvangers"`:
		for one := range of.elements() {
			to := target{party: one.member("partij").said()}
			for id := range one.member("deelnemers").elements() {
				to.people = append(to.people, id.said())
			}
			s.recipients = append(s.recipients, to)
		}
	case `"redenen"`:
		for reason := range of.elements() {
			s.reasons = append(s.reasons, reason.said())
		}
	case `"zaak"`:
		s.kase, _ = of.optional()
	case `"besluit"`:
		s.decision = of.said()
	case `"beleid"`:
		s.policy = of.said()
	case `"convenant"`:
		if id, ok := of.member("id").text(); ok {
			s.convenant = &id
		}
	case `"feiten"`:
		s.part = of.member("deel").said()
	}
}

// from reports whether a party is the one that the record is from.
func (s *said) from(party string) bool { return s.sender != nil && *s.sender == party }

// names reports whether a party is the one that the record is from, or one that it is addressed to.
func (s *said) names(party string) bool {
	if s.from(party) {
		return true
	}
	for _, to := range s.recipients {
		if to.party == party {
			return true
		}
	}
	return false
}

// reason is the first one, "" when there is none.
func (s *said) reason() string {
	if len(s.reasons) == 0 {
		return ""
	}
	return s.reasons[0]
}

// theCase is the case, "" when there is none.
func (s *said) theCase() string {
	if s.kase == nil {
		return ""
	}
	return *s.kase
}
