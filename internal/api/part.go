package api

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"slices"
)

// headerAllowance is how many bytes of the stream may be read for the header of one part. mime/multipart itself allows 10 MB,
// and reads ahead by a few kilobytes.
const headerAllowance = 24 << 10

// errMeter says that a part's header, or what stands between parts, takes more than the allowance.
var errMeter = errors.New("multipart header is longer than allowed")

// meter lets through as much as is left, so that the parser cannot be made to hold more.
type meter struct {
	r    io.Reader
	left int64
}

func (m *meter) Read(p []byte) (int, error) {
	if m.left <= 0 {
		return 0, errMeter
	}
	if int64(len(p)) > m.left {
		p = p[:m.left]
	}
	n, err := m.r.Read(p)
	m.left -= int64(n)
	return n, err
}

// check judges the header of a part: a known name, its own content type, no transfer encoding.
func (u *upload) check(raw *multipart.Part) (*part, error) {
	disposition, params, err := mime.ParseMediaType(raw.Header.Get("Content-Disposition"))
	name := params["name"]
	known := []string{partEnvelope, partCoSignature, partMotivation, partPayload}
	if err != nil || disposition != "form-data" || !slices.Contains(known, name) {
		return nil, u.fail("Content-Disposition", "een deel heeft geen bekende naam; bekend zijn envelop, medeondertekening, motivering en lading")
	}
	for key, values := range raw.Header {
		if len(values) > 1 {
			return nil, u.fail(name, "een kopregel van dit deel staat er meer dan één keer")
		}
		if key == "Content-Transfer-Encoding" {
			return nil, u.fail(name, "stuur dit deel zonder Content-Transfer-Encoding")
		}
	}
	want := typeBytes
	if name == partEnvelope || name == partCoSignature {
		want = typeJOSE
	}
	if media, _, err := mime.ParseMediaType(raw.Header.Get("Content-Type")); err != nil || media != want {
		u.broken = &refusal{code: wrongType, detail: "Het deel " + name + " moet inhoudstype " + want + " hebben."}
		return nil, u.broken
	}
	return &part{raw, name}, nil
}

// bounded reads a part up to a limit; one byte more is 413.
type bounded struct {
	u     *upload
	p     *part
	left  int64
	atEnd func() error
}

func (u *upload) bounded(p *part, limit int64) *bounded {
	u.meter.left = limit + headerAllowance // the closing boundary, and what the parser reads ahead
	return &bounded{u: u, p: p, left: limit}
}

func (b *bounded) Read(buf []byte) (int, error) {
	if b.u.broken != nil {
		return 0, b.u.broken
	}
	n, err := b.p.Read(buf)
	b.left -= int64(n)
	switch {
	case b.left < 0:
		b.u.broken = &refusal{code: tooLarge, detail: "Het deel " + b.p.name + " is te groot."}
		return 0, b.u.broken
	case err == io.EOF && b.atEnd != nil:
		if end := b.atEnd(); end != nil {
			return 0, end
		}
		b.atEnd = nil
	case err != nil && err != io.EOF:
		return 0, b.u.readFault(err)
	}
	return n, err
}
