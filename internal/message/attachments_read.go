package message

import (
	"bytes"
	"encoding/base64"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Attachments gives the attachments of a body, of whatever kind; nil when it has none. Its error is a fault.List with all faults: a
// list with a fault is not given in part.
func Attachments(body []byte) ([]Attachment, error) {
	d, err := detach(body)
	if err != nil {
		return nil, err
	}
	var faults fault.List
	list := d.attachments(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return list, nil
}

// attachments reads what was detached. Faults are noted, and the list is then of no use.
func (d detached) attachments(faults *fault.List) []Attachment {
	node := strictjson.Parse(d.body, strictjson.Limits{Bytes: maxBodyText, Depth: maxBodyDepth}, faults)
	if len(*faults) > 0 {
		return nil
	}
	object := node.Object(faults)
	field := object.Field(attachmentsName)
	if len(*faults) > 0 || field.Absent() {
		return nil
	}
	var list []Attachment
	for i, item := range field.Array(1, maxAttachmentCount, faults) {
		o := item.Object(faults)
		a := Attachment{Name: o.Text("naam", maxAttachmentName), Type: o.Text("type", maxMediaType)}
		for _, category := range o.Array("gegevens", 1, maxFileCategories) {
			a.Categories = append(a.Categories, vocabulary.Category(category.Text(maxCategoryCode, faults)))
		}
		o.Text(contentName, len(detachedMark))
		o.End()
		if text, ok := d.contents[i]; ok {
			content, err := decodeContent(text)
			if err != nil {
				faults.Add("bijlagen["+strconv.Itoa(i)+"]."+contentName, "is geen base64 (RFC 4648, met opvulling, zonder regeleinden)")
			}
			a.Content = content
		}
		list = append(list, a)
	}
	if len(*faults) == 0 {
		checkAttachments(list, faults)
	}
	return list
}

// decodeContent reads a JSON string of base64. Some programs escape its slashes.
func decodeContent(text jsontext.Value) ([]byte, error) {
	raw := []byte(text[1 : len(text)-1])
	if bytes.IndexByte(raw, '\\') >= 0 {
		var err error
		if raw, err = jsontext.AppendUnquote(nil, text); err != nil {
			return nil, err
		}
	}
	if bytes.ContainsAny(raw, "\r\n") { // the decoder would pass over them
		return nil, base64.CorruptInputError(0)
	}
	return base64.StdEncoding.Strict().AppendDecode(nil, raw)
}
