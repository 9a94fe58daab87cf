package gatewaytest

import (
	"bytes"
	"mime/multipart"
	"net/textproto"
)

// Part is one part of a multipart form, right or wrong.
type Part struct {
	Name, Type string
	Data       []byte
	Header     map[string]string // more header fields
}

// Form writes parts as they are, and gives the content type with its boundary.
func Form(parts ...Part) (body []byte, contentType string) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, p := range parts {
		h := textproto.MIMEHeader{}
		h.Set("Content-Disposition", `form-data; name="`+p.Name+`"`)
		if p.Type != "" {
			h.Set("Content-Type", p.Type)
		}
		for key, value := range p.Header {
			h.Set(key, value)
		}
		part, err := w.CreatePart(h)
		if err == nil {
			_, err = part.Write(p.Data)
		}
		if err != nil {
			panic(err) // a bytes.Buffer takes everything
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes(), w.FormDataContentType()
}
