package client

// maxCursor is the longest cursor that is sent back, in bytes: WIRE gives it no form, and it goes into an address.
const maxCursor = 512

// walked is the cursors with which pages of a list were asked for.
type walked map[string]bool

// leadsOn reports whether a cursor leads to a page that was not asked for yet: else we would never come to an end.
func (w walked) leadsOn(cursor string) bool { return len(cursor) <= maxCursor && !w[cursor] }
