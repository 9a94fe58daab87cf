package api_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/jose"
)

// forge makes a compact JWS of any header and payload, signed by sign: what internal/jose would never make.
func forge(header string, payload []byte, sign func(input []byte) []byte) string {
	enc := base64.RawURLEncoding.EncodeToString
	input := enc([]byte(header)) + "." + enc(payload)
	return input + "." + enc(sign([]byte(input)))
}

// es256 signs as RFC 7518, 3.4 says: R and S, 32 bytes each.
func es256(key *ecdsa.PrivateKey) func([]byte) []byte {
	return func(input []byte) []byte {
		sum := sha256.Sum256(input)
		r, s, err := ecdsa.Sign(rand.Reader, key, sum[:])
		if err != nil {
			panic(err)
		}
		return append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)
	}
}

// der signs as openssl does, which is not how JWS has it.
func der(key *ecdsa.PrivateKey) func([]byte) []byte {
	return func(input []byte) []byte {
		sum := sha256.Sum256(input)
		signature, err := ecdsa.SignASN1(rand.Reader, key, sum[:])
		if err != nil {
			panic(err)
		}
		return signature
	}
}

// hs256 signs with the public key as a secret: what a verifier that believes `alg` would take for a signature of its owner.
func hs256(key *ecdsa.PublicKey) func([]byte) []byte {
	public, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		panic(err)
	}
	return func(input []byte) []byte {
		mac := hmac.New(sha256.New, public)
		mac.Write(input)
		return append(mac.Sum(nil), make([]byte, 32)...)
	}
}

func rs256(input []byte) []byte {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	sum := sha256.Sum256(input)
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		panic(err)
	}
	return signature
}

func unsigned([]byte) []byte { return nil }
func zeroes([]byte) []byte   { return make([]byte, 64) }

// headerOf gives the right header of an object by somebody.
func headerOf(typ jose.Typ, who *gatewaytest.Person) string {
	return fmt.Sprintf(`{"alg":"ES256","kid":%q,"typ":%q}`, jose.Thumbprint(&who.Key.PublicKey), typ)
}

// payloadOf gives the JSON inside a compact JWS.
func payloadOf(compact string) []byte {
	data, err := base64.RawURLEncoding.DecodeString(strings.Split(compact, ".")[1])
	if err != nil {
		panic(err)
	}
	return data
}

// changed gives a JSON object with other values: nil for null, removed for a key that is to go.
func changed(object []byte, values map[string]any) []byte {
	var o map[string]any
	if err := json.Unmarshal(object, &o); err != nil {
		panic(err)
	}
	for key, v := range values {
		if o[key] = v; v == removed {
			delete(o, key)
		}
	}
	data, err := json.Marshal(o)
	if err != nil {
		panic(err)
	}
	return data
}

const removed = "\x00removed"

// twice says a key of a JSON object once more, before the rest.
func twice(object []byte, key, value string) []byte {
	return []byte(fmt.Sprintf(`{%q:%s,`, key, value) + string(object[1:]))
}
