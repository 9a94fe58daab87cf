package message

import "github.com/google/uuid"

// NewID makes a UUIDv7 (RFC 9562), lower case: sorted by time, with 74 random bits.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

// ValidID reports whether id is a UUIDv7 in the one form that Sluis writes: 36 lower-case characters, variant of RFC 9562.
func ValidID(id string) bool {
	if len(id) != 36 {
		return false
	}
	for i := range len(id) {
		switch c := id[i]; {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case (c < '0' || c > '9') && (c < 'a' || c > 'f'):
			return false
		}
	}
	return id[14] == '7' && (id[19] == '8' || id[19] == '9' || id[19] == 'a' || id[19] == 'b')
}
