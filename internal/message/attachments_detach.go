package message

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"
)

// maxBodyText bounds a body without the contents of its attachments, in bytes: what the schema of a kind is held against. The longest
// body that the schemas allow is about 3.5 MiB.
const maxBodyText = 4 << 20

// detachedMark stands in a detached body where the content of an attachment was.
const detachedMark = "AA=="

// detached is a body with its attachments' contents taken out. A schema and a reader of categories look at the few kilobytes that
// are left, so that an attachment of 25 MiB costs them nothing.
type detached struct {
	body     []byte
	contents map[int]jsontext.Value // by index in bijlagen: the JSON string, part of the body that came in
}

// detach takes the contents out in one pass. A content that is no text or an empty one stays, and so is found by whoever reads the
// rest. Its error is a fault.List: the body is no JSON.
func detach(body []byte) (detached, error) {
	d := detached{contents: map[int]jsontext.Value{}}
	w := detaching{
		// Duplicate names are allowed here and found later, with their place. A Buffer is read where it is; a Reader would be copied.
		dec:  jsontext.NewDecoder(bytes.NewBuffer(body), jsontext.AllowDuplicateNames(true)),
		body: body,
		into: &d,
	}
	err := w.object(func(name string) error {
		if name != attachmentsName {
			return w.dec.SkipValue()
		}
		return w.list()
	})
	if err != nil {
		return detached{}, bodyFault("", "is geen geldige JSON (bij byte %d)", w.dec.InputOffset())
	}
	d.body = append(d.body, body[w.copied:]...)
	return d, nil
}

type detaching struct {
	dec    *jsontext.Decoder
	body   []byte
	copied int // bytes of body that are in the result, or taken out
	into   *detached
}

// object reads an object and calls member after each name; another value it skips.
func (w *detaching) object(member func(name string) error) error {
	if w.dec.PeekKind() != '{' {
		return w.dec.SkipValue()
	}
	if _, err := w.dec.ReadToken(); err != nil {
		return err
	}
	for w.dec.PeekKind() == '"' {
		name, err := w.dec.ReadToken()
		if err != nil {
			return err
		}
		if err := member(name.String()); err != nil {
			return err
		}
	}
	_, err := w.dec.ReadToken()
	return err
}

// list reads the member bijlagen.
func (w *detaching) list() error {
	if w.dec.PeekKind() != '[' {
		return w.dec.SkipValue()
	}
	if _, err := w.dec.ReadToken(); err != nil {
		return err
	}
	for i := 0; w.dec.PeekKind() != ']'; i++ {
		err := w.object(func(name string) error {
			if name != contentName || w.dec.PeekKind() != '"' {
				return w.dec.SkipValue()
			}
			return w.content(i)
		})
		if err != nil {
			return err
		}
	}
	_, err := w.dec.ReadToken()
	return err
}

// content takes out one JSON string.
func (w *detaching) content(i int) error {
	text, err := w.dec.ReadValue()
	if err != nil || len(text) == len(`""`) {
		return err
	}
	end := int(w.dec.InputOffset())
	begin := end - len(text)
	w.into.body = append(w.into.body, w.body[w.copied:begin]...)
	w.into.body = append(w.into.body, `"`+detachedMark+`"`...)
	w.into.contents[i] = w.body[begin:end]
	w.copied = end
	return nil
}
