package api

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// json answers with a JSON document of the chosen content type.
func (k *call) json(status int, v any) error {
	body, err := encodeJSON(v)
	if err != nil {
		return err
	}
	return k.Blob(status, k.gives, body)
}

// text answers with plain text, which is always UTF-8.
func (k *call) text(body []byte) error {
	return k.Blob(http.StatusOK, typeText+"; charset=utf-8", body)
}

// receipt answers 201 with what was recorded.
func (k *call) receipt(r tlog.Receipt) error {
	return k.json(http.StatusCreated, struct {
		Receipt tlog.Receipt `json:"ontvangst"`
	}{r})
}

// receiptOf answers 201 with what was recorded of something new. It is on the path of every message: the record in it is written as it is.
func (k *call) receiptOf(id string, r tlog.Receipt) error {
	quoted, err := jsontext.AppendQuote([]byte(`{"id":`), id)
	if err != nil {
		return fmt.Errorf("writing an id: %w", err)
	}
	body, err := r.AppendJSON(append(quoted, `,"ontvangst":`...))
	if err != nil {
		return err
	}
	return k.Blob(http.StatusCreated, k.gives, append(body, '}'))
}

// body reads the whole body; the route's limit holds.
func (k *call) body() ([]byte, error) {
	data, err := io.ReadAll(k.Request().Body)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, err
	case err != nil:
		return nil, unreadable()
	case len(data) == 0:
		var faults fault.List
		faults.Add("body", "is leeg")
		return nil, malformed(faults)
	}
	return data, nil
}

// unreadable says that a body broke off, or was not sent as HTTP prescribes.
func unreadable() *refusal {
	var faults fault.List
	faults.Add("body", "is niet helemaal te lezen; stuur het opnieuw")
	return malformed(faults)
}

// id gives the UUID in the path. A path id that is no UUID is 404: there is nothing there (WIRE, "Statuses").
func (k *call) id() (string, error) {
	id := k.Param("id")
	if !message.ValidID(id) {
		return "", errNoSuchPath
	}
	return id, nil
}

// number gives a whole number of at least min from the path, in its only spelling; anything else is 404.
func (k *call) number(name string, min int64) (int64, error) {
	text := k.Param(name)
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < min || strconv.FormatInt(n, 10) != text {
		return 0, errNoSuchPath
	}
	return n, nil
}

var errNoSuchPath = &refusal{code: notFound, detail: detailNotFound}
