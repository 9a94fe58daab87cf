package pki

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
)

const (
	keyMode  = 0o600
	certMode = 0o644
	dirMode  = 0o700

	certBlock = "CERTIFICATE"
	keyBlock  = "PRIVATE KEY" // PKCS #8 (RFC 5958)

	maxFileBytes = 1 << 20
)

// ErrExists says that a file is there already; keys and certificates are never overwritten.
var ErrExists = errors.New("bestaat al en wordt niet overschreven")

// WriteKey writes a private key as PKCS #8 PEM, readable by its owner only.
func WriteKey(path string, key *ecdsa.PrivateKey) error {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return fmt.Errorf("encoding the key for %s: %w", path, err)
	}
	return create(path, pem.EncodeToMemory(&pem.Block{Type: keyBlock, Bytes: der}), keyMode)
}

// WriteCertificates writes certificates as PEM, one after another.
func WriteCertificates(path string, certs ...*x509.Certificate) error {
	var text bytes.Buffer
	for _, cert := range certs {
		text.Write(pem.EncodeToMemory(&pem.Block{Type: certBlock, Bytes: cert.Raw}))
	}
	return create(path, text.Bytes(), certMode)
}

// create writes a file that must not exist yet; a file half written is removed.
func create(path string, data []byte, mode os.FileMode) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s: %w", path, ErrExists)
	}
	if err != nil {
		return fmt.Errorf("writing a key or certificate: %w", err)
	}
	defer func() {
		if closing := f.Close(); err == nil && closing != nil {
			err = fmt.Errorf("closing %s: %w", path, closing)
		}
		if err != nil {
			os.Remove(path)
		}
	}()
	if _, err := f.Write(data); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}

// ReadKey reads a P-256 private key from PKCS #8 or SEC 1 PEM. It refuses a file that others can read.
func ReadKey(path string) (*ecdsa.PrivateKey, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("reading a key: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%s is leesbaar voor anderen dan de eigenaar; doe eerst: chmod 600 %s", path, path)
	}
	data, err := read(path)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(data)
	if block == nil {
		return nil, fmt.Errorf("%s: geen PEM-bestand", path)
	}
	if key := parseKey(block.Bytes); key != nil {
		return key, nil
	}
	return nil, fmt.Errorf("%s: geen P-256-sleutel in PKCS #8 of SEC 1", path)
}

func parseKey(der []byte) *ecdsa.PrivateKey {
	var key *ecdsa.PrivateKey
	if parsed, err := x509.ParsePKCS8PrivateKey(der); err == nil {
		key, _ = parsed.(*ecdsa.PrivateKey)
	} else if parsed, err := x509.ParseECPrivateKey(der); err == nil {
		key = parsed
	}
	if key == nil || key.Curve != elliptic.P256() {
		return nil
	}
	return key
}

// ReadCertificates reads every certificate of a PEM file, in order; at least one. Other blocks are an error, so that a key
// put in the wrong file is noticed.
func ReadCertificates(path string) ([]*x509.Certificate, error) {
	data, err := read(path)
	if err != nil {
		return nil, err
	}
	certs, err := ParseCertificates(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return certs, nil
}

// ParseCertificates reads PEM text as [ReadCertificates] does.
func ParseCertificates(data []byte) ([]*x509.Certificate, error) {
	var certs []*x509.Certificate
	for {
		var block *pem.Block
		if block, data = pem.Decode(data); block == nil {
			break
		}
		if block.Type != certBlock {
			return nil, errors.New("bevat iets anders dan certificaten")
		}
		cert, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, errors.New("bevat een certificaat dat niet te lezen is")
		}
		certs = append(certs, cert)
	}
	if len(certs) == 0 {
		return nil, errors.New("bevat geen certificaat in PEM-vorm")
	}
	return certs, nil
}

func read(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading a key or certificate: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFileBytes))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return data, nil
}
