package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// keepBody shows the content with line breaks, or keeps it in a new file for its owner alone: there with its attachments, on the
// screen with what they are.
//
// What is shown was written by somebody else: characters that steer a terminal, or that are not seen, are shown as JSON escapes.
// That is the same JSON.
func keepBody(cmd *cobra.Command, path string, body []byte, attached []message.Attachment) error {
	if path != "" && len(attached) > 0 {
		return createFile(path, body, os.FileMode(0o600)) // as it is: nobody reads megabytes of base64, with line breaks or without
	}
	shown, err := listAttachments(body, attached)
	if err != nil {
		return errUnshown
	}
	var text bytes.Buffer
	if err := json.Indent(&text, shown, "", "  "); err != nil {
		return errUnshown
	}
	text.WriteByte('\n')
	if path != "" {
		return createFile(path, text.Bytes(), os.FileMode(0o600))
	}
	_, err = cmd.OutOrStdout().Write(visible(text.Bytes()))
	return err
}

var errUnshown = errors.New("de inhoud is niet te tonen")

// listAttachments gives a body with, for each attachment, its size in bytes where its content was.
func listAttachments(body []byte, attached []message.Attachment) ([]byte, error) {
	if len(attached) == 0 {
		return body, nil
	}
	type line struct {
		Name       string                `json:"naam"`
		Type       string                `json:"type"`
		Categories []vocabulary.Category `json:"gegevens"`
		Size       int                   `json:"grootte"`
	}
	lines := make([]line, len(attached))
	for i, a := range attached {
		lines[i] = line{a.Name, a.Type, a.Categories, len(a.Content)}
	}
	short, err := json.Marshal(lines)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	from, to := jsontext.NewDecoder(bytes.NewBuffer(body)), jsontext.NewEncoder(&out)
	for {
		name, err := from.ReadToken()
		if err == io.EOF {
			return out.Bytes(), nil
		}
		if err != nil {
			return nil, err
		}
		isAttachments := name.Kind() == '"' && name.String() == "bijlagen"
		if err := to.WriteToken(name); err != nil {
			return nil, err
		}
		if name.Kind() != '"' {
			continue // the braces of the body
		}
		value, err := from.ReadValue()
		if isAttachments {
			value = short
		}
		if err == nil {
			err = to.WriteValue(value)
		}
		if err != nil {
			return nil, err
		}
	}
}

// visible writes every character of a text that is not printed as an escape, as JSON does. JSON lets DEL, the C1 controls (U+009B
// begins a terminal's commands) and marks that turn the reading order stand in a text as they are.
func visible(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for _, r := range string(text) {
		if r == '\n' || unicode.IsPrint(r) {
			out = utf8.AppendRune(out, r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			out = fmt.Appendf(out, `\u%04x`, unit)
		}
	}
	return out
}
