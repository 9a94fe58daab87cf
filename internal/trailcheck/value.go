package trailcheck

import (
	"bytes"
	"iter"
	"strconv"
)

// value is a piece of canonical JSON, as it stands in a record that [isCanonical] was asked about; nil where nothing stands. What is asked of
// a value of another form gives nothing. It copies nothing: to read a record costs one more walk along its bytes.
type value []byte

// members gives the keys of an object, quotes and all, with what each has.
func (v value) members() iter.Seq2[value, value] {
	return func(yield func(name, of value) bool) {
		if len(v) == 0 || v[0] != '{' {
			return
		}
		for at := 1; v[at] != '}'; {
			name := v.one(at)
			of := v.one(at + len(name) + 1)
			if !yield(name, of) {
				return
			}
			if at += len(name) + 1 + len(of); v[at] == ',' {
				at++
			}
		}
	}
}

// elements gives those of a list.
func (v value) elements() iter.Seq[value] {
	return func(yield func(value) bool) {
		if len(v) == 0 || v[0] != '[' {
			return
		}
		for at := 1; v[at] != ']'; {
			of := v.one(at)
			if !yield(of) {
				return
			}
			if at += len(of); v[at] == ',' {
				at++
			}
		}
	}
}

// member gives what an object has under a name, which is written as it is in JSON.
func (v value) member(name string) value {
	for have, of := range v.members() {
		if string(have[1:len(have)-1]) == name {
			return of
		}
	}
	return nil
}

// text gives a text.
func (v value) text() (string, bool) {
	if len(v) == 0 || v[0] != '"' {
		return "", false
	}
	return unquoted(v), true
}

// said is text, "" when there is none.
func (v value) said() string {
	text, _ := v.text()
	return text
}

// optional gives a text, or nil for null; ok is false when it is neither.
func (v value) optional() (text *string, ok bool) {
	if said, ok := v.text(); ok {
		return &said, true
	}
	return nil, v.absent()
}

// absent reports null, or nothing at all.
func (v value) absent() bool { return len(v) == 0 || string(v) == "null" }

// whole gives a whole number.
func (v value) whole() (int64, bool) {
	n, err := strconv.ParseInt(string(v), 10, 64)
	return n, err == nil
}

// one gives the value that begins at a place.
func (v value) one(at int) value {
	switch v[at] {
	case '"':
		return v[at : at+quoted(v[at:])]
	case '{', '[':
		depth, end := 0, at
		for {
			switch v[end] {
			case '"':
				end += quoted(v[end:])
				continue
			case '{', '[':
				depth++
			case '}', ']':
				depth--
			}
			if end++; depth == 0 {
				return v[at:end]
			}
		}
	}
	if end := bytes.IndexAny(v[at:], ",]}"); end >= 0 {
		return v[at : at+end]
	}
	return v[at:]
}

// quoted gives how long the text is that begins here, quotes included.
func quoted(v []byte) int {
	for at := 1; ; at++ {
		at += bytes.IndexByte(v[at:], '"')
		before := at
		for v[before-1] == '\\' {
			before--
		}
		if (at-before)%2 == 0 {
			return at + 1
		}
	}
}
