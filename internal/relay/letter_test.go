package relay_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/message/messagetest"
	"github.com/sluis-gateway/sluis/internal/registry/registrytest"
	"github.com/sluis-gateway/sluis/internal/relay"
)

// letter is a message on its way: a signaal of the school to a wijkagent, that the convenant allows, unless a test changes it.
type letter struct {
	caller     auth.Caller
	envelope   message.Envelope
	key        *registrytest.Person
	payload    []byte
	motivation []byte
	compact    string
	second     func(*letter) string // the second signature, made when the letter is sent
}

func (s *setting) letter(t testing.TB, change ...func(*letter)) *letter {
	t.Helper()
	l := &letter{caller: s.caller(t, "school", "vc-1"), envelope: messagetest.Envelope(t), key: s.Parties["school"].Person("vc-1")}
	l.envelope.Time = message.NewTime(s.now())
	l.envelope.Recipients[0].Participants[0].Card = 1
	l.payload = s.sealed(t, 4096, "wa-7")
	for _, c := range change {
		c(l)
	}
	return l
}

// sealed gives an age file of so many bytes inside, for people of the police.
func (s *setting) sealed(t testing.TB, size int, people ...string) []byte {
	t.Helper()
	var keys []age.Recipient
	for _, id := range people {
		keys = append(keys, s.Parties["politie"].Person(id).Age.Recipient())
	}
	return ageFile(t, bytes.Repeat([]byte("geheim "), size/7+1)[:size], keys...)
}

func ageFile(t testing.TB, content []byte, keys ...age.Recipient) []byte {
	t.Helper()
	var file bytes.Buffer
	w, err := age.Encrypt(&file, keys...)
	must(t, err)
	_, err = w.Write(content)
	must(t, errors.Join(err, w.Close()))
	return file.Bytes()
}

// sign signs the envelope over the files as they are.
func (l *letter) sign(t testing.TB) *letter {
	t.Helper()
	l.envelope.Payload = contentOf(l.payload)
	if l.motivation != nil {
		c := contentOf(l.motivation)
		l.envelope.Motivation = &c
	}
	l.compact = messagetest.Signed(t, l.envelope, l.key.Key).Compact()
	return l
}

func contentOf(file []byte) message.Content {
	return message.Content{Digest: digest.Of(file), Length: int64(len(file))}
}

func (l *letter) upload() relay.Upload {
	up := relay.Upload{Envelope: l.compact, Payload: func() (io.Reader, error) { return bytes.NewReader(l.payload), nil }}
	if l.second != nil {
		up.CoSignature = func() (string, error) { return l.second(l), nil }
	}
	if l.motivation != nil {
		up.Motivation = func() (io.Reader, error) { return bytes.NewReader(l.motivation), nil }
	}
	return up
}

// send signs and sends, and wants it accepted.
func (s *setting) send(t testing.TB, l *letter) relay.Accepted {
	t.Helper()
	done, err := s.relay.Accept(t.Context(), l.caller, l.sign(t).upload())
	must(t, err)
	return done
}
