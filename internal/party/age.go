package party

import (
	"strings"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/strictjson"
)

const maxRecipient = 2048 // characters; a hybrid recipient has 1,959

// hybridPrefix begins a recipient of the post-quantum hybrid of ML-KEM-768 and X25519 (age, c2sp.org/age).
const hybridPrefix = "age1pq1"

// IsHybrid reports whether an age recipient of a card is post-quantum hybrid; the others are X25519.
func IsHybrid(recipient string) bool { return strings.HasPrefix(recipient, hybridPrefix) }

// readAge reads the age recipients of a participant: at most one of each type. Bech32 as age reads it has one text for one key.
func readAge(nodes []strictjson.Node, faults *fault.List) []string {
	recipients := make([]string, 0, len(nodes))
	hybrids := 0
	for _, n := range nodes {
		text := n.Text(maxRecipient, faults)
		if text == "" {
			continue
		}
		if !isRecipient(text) {
			faults.Add(n.Place(), "is geen age-ontvanger (age1pq1… of age1…)")
			continue
		}
		if IsHybrid(text) {
			hybrids++
		}
		recipients = append(recipients, text)
	}
	if hybrids > 1 || len(recipients)-hybrids > 1 {
		faults.Add("age", "mag van elke soort sleutel er hoogstens één hebben")
	}
	return recipients
}

func isRecipient(text string) bool {
	if IsHybrid(text) {
		_, err := age.ParseHybridRecipient(text)
		return err == nil
	}
	_, err := age.ParseX25519Recipient(text)
	return err == nil
}
