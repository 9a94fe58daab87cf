package endurance

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode/utf16"
)

// canaries are words that stand nowhere else in the world. They all begin with one stem, so that looking for the stem finds a part of any.
type canaries struct {
	stem  string
	words []string
	bsn   string // of nobody: the series 9999… is not issued
	born  string
}

// newCanaries makes a stem of 14 letters: by accident that stands somewhere once in 2^65 places.
func newCanaries() *canaries {
	c := &canaries{bsn: number(), born: fmt.Sprintf("%d-%02d-%02d", 1901+rand.IntN(20), 1+rand.IntN(12), 1+rand.IntN(28))}
	c.stem = letters(14)
	return c
}

func letters(n int) string {
	text := make([]byte, n)
	for i := range text {
		text[i] = byte('a' + rand.IntN(26))
	}
	return string(text)
}

// number gives nine digits that pass the eleven test, which a BSN must.
func number() string {
	for {
		text, sum := fmt.Sprintf("9999%05d", rand.IntN(100_000)), 0
		for i, weight := range []int{9, 8, 7, 6, 5, 4, 3, 2, -1} {
			sum += weight * int(text[i]-'0')
		}
		if sum%11 == 0 {
			return text
		}
	}
}

// word gives a word that was not given before.
func (c *canaries) word() string {
	w := c.stem + letters(6)
	c.words = append(c.words, w)
	return w
}

// form is one way in which something could stand somewhere.
type form struct {
	name  string
	bytes []byte
}

// forms gives every form in which a leaked word could stand.
func (c *canaries) forms() []form {
	list := formsOf("word", c.stem)
	list = append(list, formsOf("bsn", c.bsn)...)
	list = append(list, formsOf("birth date", c.born)...)
	for _, w := range append(c.words, c.bsn) {
		sum := sha256.Sum256([]byte(w))
		list = append(list, form{"digest of a word", sum[:]}, form{"digest of a word, hex", []byte(hex.EncodeToString(sum[:]))},
			form{"digest of a word, base64", []byte(base64.RawStdEncoding.EncodeToString(sum[:]))},
			form{"digest of a word, base64url", []byte(base64.RawURLEncoding.EncodeToString(sum[:]))})
	}
	return list
}

// formsOf gives the encodings of a text that programs use for texts.
func formsOf(what, text string) []form {
	upper := strings.ToUpper(text)
	list := []form{{what, []byte(text)}, {what + ", capitals", []byte(upper)}}
	if title := text[1:]; title != upper[1:] {
		list = append(list, form{what + ", first letter apart", []byte(title)})
	}
	for _, t := range []string{text, upper} {
		list = append(list, form{what + ", hex", []byte(hex.EncodeToString([]byte(t)))},
			form{what + ", hex in capitals", []byte(strings.ToUpper(hex.EncodeToString([]byte(t))))})
		var percent, escaped strings.Builder
		for _, b := range []byte(t) {
			fmt.Fprintf(&percent, "%%%02x", b)
			fmt.Fprintf(&escaped, "\\u%04x", b)
		}
		list = append(list, form{what + ", percent", []byte(percent.String())}, form{what + ", percent in capitals", []byte(strings.ToUpper(percent.String()))},
			form{what + ", JSON escapes", []byte(escaped.String())})
		var little, big []byte
		for _, unit := range utf16.Encode([]rune(t)) {
			little, big = append(little, byte(unit), byte(unit>>8)), append(big, byte(unit>>8), byte(unit))
		}
		list = append(list, form{what + ", UTF-16LE", little}, form{what + ", UTF-16BE", big})
	}
	for _, t := range []string{text[1:], upper} { // without its first letter a word is the same with and without a capital
		for _, once := range inBase64([]byte(t)) {
			list = append(list, form{what + ", base64", once})
			for _, twice := range inBase64(once) {
				list = append(list, form{what + ", base64 of base64", twice})
			}
		}
	}
	return list
}

// inBase64 gives what is certain of a text in base64, for each of the three places where it can begin.
func inBase64(text []byte) (list [][]byte) {
	for before := range 3 {
		padded := append(make([]byte, before), text...)
		whole := (before*8 + 5) / 6 // the first character that depends on the text alone
		for _, alphabet := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			part := []byte(alphabet.EncodeToString(padded))[whole : len(padded)*8/6]
			if len(list) == 0 || !bytes.Equal(list[len(list)-1], part) {
				list = append(list, part)
			}
		}
	}
	return list
}
