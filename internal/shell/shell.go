// Package shell writes words that a person pastes into a shell. It promises that a word arrives there as it was, whatever stands in
// it. It must not run anything.
package shell

import "strings"

// Quote puts a word between quotes when a shell would read more in it than there is.
func Quote(word string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:", r)
	}
	if word != "" && strings.IndexFunc(word, func(r rune) bool { return !plain(r) }) < 0 {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
