package message

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// MaxAttachments is the most that the attachments of one message hold together, decoded, in bytes.
const MaxAttachments = 25 << 20

const (
	maxAttachmentCount = 20
	maxAttachmentName  = 120 // characters
	maxMediaType       = 100 // characters
	maxFileCategories  = 20  // of one attachment
	maxCategoryCode    = 64  // characters
)

const (
	attachmentsName = "bijlagen" // the member of a body
	contentName     = "inhoud"   // the member of an attachment
)

// Attachment is a file that goes along in the payload, encrypted with it: member `bijlagen` of the body.
type Attachment struct {
	// Name is the name of the file, without a folder; its extension fits Type ([AttachmentType]).
	Name string
	// Type is the media type, one of a closed list of which nothing runs when it is opened.
	Type string
	// Categories are what the file holds, by the word of the sender: Sluis does not read files. They count as present in the payload.
	Categories []vocabulary.Category
	// Content is the file itself, at least one byte.
	Content []byte
}

// WithAttachments gives body with the attachments in its member `bijlagen`, which it must not have yet. Whether the kind of the
// message takes attachments is for [Schemas.Validate] to say. Its error is a fault.List with all faults; without attachments the
// body stays as it is.
func WithAttachments(body []byte, list []Attachment) ([]byte, error) {
	if len(list) == 0 {
		return body, nil
	}
	object := jsontext.Value(bytes.Clone(body))
	if err := object.Compact(); err != nil || object.Kind() != '{' {
		return nil, bodyFault("", "moet één JSON-object zijn, zonder dubbele velden")
	}
	if has, err := hasMember(object, attachmentsName); err != nil || has {
		return nil, bodyFault(attachmentsName, "staat al in de lading: geef de bijlagen op één manier mee")
	}
	var faults fault.List
	if checkAttachments(list, &faults); len(faults) > 0 {
		return nil, faults.Err()
	}
	size := 0
	for _, a := range list {
		size += base64.StdEncoding.EncodedLen(len(a.Content)) + 1<<10
	}
	text := append(make([]byte, 0, len(object)+size), object[:len(object)-1]...)
	if len(object) > len(`{}`) {
		text = append(text, ',')
	}
	text = append(text, `"`+attachmentsName+`":[`...)
	for i, a := range list {
		if i > 0 {
			text = append(text, ',')
		}
		var err error
		if text, err = a.appendTo(text); err != nil {
			return nil, err
		}
	}
	return append(text, ']', '}'), nil
}

// appendTo writes an attachment; its content is encoded in place, so that a large file is not copied once more.
func (a Attachment) appendTo(text []byte) ([]byte, error) {
	head, err := json.Marshal(struct {
		Name       string                `json:"naam"`
		Type       string                `json:"type"`
		Categories []vocabulary.Category `json:"gegevens"`
	}{a.Name, a.Type, a.Categories})
	if err != nil {
		return nil, errors.New("encoding the head of an attachment")
	}
	text = append(text, head[:len(head)-1]...)
	text = append(text, `,"`+contentName+`":"`...)
	text = base64.StdEncoding.AppendEncode(text, a.Content)
	return append(text, '"', '}'), nil
}
