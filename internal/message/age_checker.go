package message

import "bytes"

// AgeHeaderChecker is an io.Writer that a ciphertext is streamed through, for example with io.TeeReader. It keeps the header only
// until that is complete, at most 64 KiB, and of the payload nothing but its length. Writing never fails: [AgeHeaderChecker.Err]
// tells as soon as the file is known to be wrong, Close gives the verdict on the whole.
//
// It accepts a binary age v1 file whose stanzas are all mlkem768x25519, or all X25519 where the convenant allows that, exactly one
// for each addressed key. It cannot see whose keys they are: for that the recipients have `kop` and their own key.
type AgeHeaderChecker struct {
	want        int
	allowX25519 bool
	header      ageHeaderReader
	pending     []byte // of the header: a line that is not yet complete
	read        int    // bytes of the header
	payload     int64  // bytes after the header
	err         error
}

// NewAgeHeaderChecker checks for want stanzas.
func NewAgeHeaderChecker(want int, allowX25519 bool) *AgeHeaderChecker {
	return &AgeHeaderChecker{want: want, allowX25519: allowX25519}
}

// Err gives what is known to be wrong so far: [ErrNotAge], [ErrAgeKeys] or nil.
func (c *AgeHeaderChecker) Err() error { return c.err }

// Write never fails; see [AgeHeaderChecker].
func (c *AgeHeaderChecker) Write(p []byte) (int, error) {
	n := len(p)
	for c.err == nil && !c.header.done && len(p) > 0 {
		p = c.headerBytes(p)
	}
	c.payload += int64(len(p))
	return n, nil
}

// headerBytes takes at most one line from p and gives what is left.
func (c *AgeHeaderChecker) headerBytes(p []byte) (rest []byte) {
	end := bytes.IndexByte(p, '\n')
	part := p
	if end >= 0 {
		part, rest = p[:end], p[end+1:]
	}
	if c.read += len(p) - len(rest); c.read > maxAgeHeader {
		c.err = ErrNotAge
		return nil
	}
	if !c.header.version && len(c.pending)+len(part) > len(ageVersionLine) {
		c.err = ErrNotAge // no need to wait for a line feed that may never come
		return nil
	}
	if end < 0 {
		c.pending = append(c.pending, part...)
		return nil
	}
	if len(c.pending) > 0 {
		part = append(c.pending, part...)
		c.pending = part[:0]
	}
	c.err = c.header.line(part)
	if c.err == nil && c.header.done {
		c.err = c.header.verdict(c.want, c.allowX25519)
		c.pending = nil
	}
	return rest
}

// Close gives the verdict: nil, [ErrNotAge] or [ErrAgeKeys]. A file that stops before its first chunk does, or in the tag of a
// chunk, is not an age file.
func (c *AgeHeaderChecker) Close() error {
	if c.err != nil {
		return c.err
	}
	if !c.header.done || !possiblePayload(c.payload) {
		return ErrNotAge
	}
	return nil
}

// possiblePayload: "The payload is a nonce of 16 bytes and chunks of 64 KiB, each with a tag of 16 bytes; the last one may be shorter but
// not empty, unless the whole is empty" (after c2sp.org/age, "Payload").
func possiblePayload(n int64) bool {
	const nonce, tag, chunk = 16, 16, 64<<10 + 16
	last := (n - nonce) % chunk
	return n == nonce+tag || n > nonce+tag && (last == 0 || last > tag)
}
