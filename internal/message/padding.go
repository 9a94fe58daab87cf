package message

import "math/bits"

// smallestPayload is what every short payload is padded to (WIRE, "Padding"): an empty answer and a page of text look alike.
const smallestPayload = 4096

// PaddedLength gives the length in bytes after padding of a text of n bytes: 4096, and above that Padmé(n), up to a multiple of
// 2^(E−S) with E = ⌊log2 n⌋ and S = ⌊log2 E⌋ + 1 (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and
// Communication with PURBs", 2019, section 4.2). It adds less than one sixteenth, and of the length it leaves only the
// leading S+1 bits to be seen.
func PaddedLength(n int) int {
	if n <= smallestPayload {
		return smallestPayload
	}
	e := bits.Len(uint(n)) - 1
	s := bits.Len(uint(e))
	mask := 1<<(e-s) - 1
	return (n + mask) &^ mask
}
