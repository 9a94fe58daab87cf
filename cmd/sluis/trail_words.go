package main

import (
	"strings"

	"github.com/sluis-gateway/sluis/internal/tlog"
)

// recordWords tells a record in a few lines: what, by whom and to whom, about what. A person stands there as one can search for him.
func recordWords(r tlog.Record) []string {
	what := string(r.Kind)
	if r.Decision != nil {
		what += ": " + *r.Decision
	}
	if len(r.Reasons) > 0 {
		what += " (" + strings.Join(r.Reasons, ", ") + ")"
	}
	lines := []string{what}
	if r.Sender != nil && r.Sender.Party != "" {
		lines = append(lines, "door   "+address(r.Sender.Party, r.Sender.Participant))
	}
	for _, to := range r.Recipients {
		if len(to.Participants) == 0 {
			lines = append(lines, "aan    "+address(to.Party, to.Function))
		}
		for _, id := range to.Participants {
			lines = append(lines, "aan    "+address(to.Party, id))
		}
	}
	for _, about := range []struct {
		word string
		of   *string
	}{{"zaak   ", r.Case}, {"over   ", r.Message}, {"doel   ", r.Purpose}} {
		if about.of != nil && *about.of != "" {
			lines = append(lines, about.word+*about.of)
		}
	}
	return lines
}

func address(party, one string) string {
	if one == "" {
		return party
	}
	return party + "/" + one
}
