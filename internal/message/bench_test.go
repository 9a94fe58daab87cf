package message_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/message/messagetest"
)

// BenchmarkEnvelope is what the gateway does with each envelope before it decides.
func BenchmarkEnvelope(b *testing.B) {
	key := messagetest.Key(b)
	compact := messagetest.Signed(b, messagetest.Envelope(b), key).Compact()
	b.Run("parse", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := message.ParseEnvelope(compact); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("parse and verify", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			parsed, err := message.ParseEnvelope(compact)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := parsed.Verify(&key.PublicKey); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkAgeHeader is what the gateway does with each ciphertext on its way to the store.
func BenchmarkAgeHeader(b *testing.B) {
	file := sealed(b, 4096, hybrid(b, 3)...)
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		c := message.NewAgeHeaderChecker(3, false)
		if _, err := c.Write(file); err != nil || c.Close() != nil {
			b.Fatal("a right file was refused")
		}
	}
}

// BenchmarkValidate is what both clients do with each payload.
func BenchmarkValidate(b *testing.B) {
	body := examples(b, "signaal")[0]
	b.ReportAllocs()
	for b.Loop() {
		if err := message.DefaultSchemas().Validate("signaal", body); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkValidateAttachments holds the most that may go along to the schema and the rules of files: 25 MiB in 20 files.
func BenchmarkValidateAttachments(b *testing.B) {
	list := make([]message.Attachment, 20)
	for i := range list {
		list[i] = letter(fmt.Sprintf("%d.pdf", i))
		list[i].Content = append(list[i].Content, make([]byte, message.MaxAttachments/20-len(list[i].Content))...)
	}
	body, err := message.WithAttachments(examples(b, "signaal")[0], list)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if err := message.DefaultSchemas().Validate("signaal", body); err != nil {
			b.Fatal(err)
		}
		if _, err := message.DefaultSchemas().Categories("signaal", body); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPayload opens the largest attachment that is allowed: 25 MiB.
func BenchmarkPayload(b *testing.B) {
	body := append(append([]byte(`{"bijlage":"`), bytes.Repeat([]byte("A"), 25<<20)...), `"}`...)
	plaintext, err := message.BuildPayload([]byte(kop), body)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(plaintext)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := message.OpenPayload(plaintext, []byte(kop)); err != nil {
			b.Fatal(err)
		}
	}
}
