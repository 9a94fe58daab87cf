package gateway

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
)

// cipherSuites are those that the NCSC calls "goed" for TLS 1.2 (ICT-beveiligingsrichtlijnen voor Transport Layer Security
// 2.1, bijlage C: ECDHE with an AEAD). Those of TLS 1.3 are all good and cannot be chosen in Go.
var cipherSuites = []uint16{
	tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
	tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
	tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
	tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
	tls.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
	tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
}

// tls makes the server's side of TLS. A client certificate is asked for, and verified when one is shown: who must have one and
// has none gets an answer that says so (401), not a broken handshake (WIRE, "Token").
func (c *Config) tls() (*tls.Config, error) {
	own, err := tls.LoadX509KeyPair(c.API.CertFile, c.API.KeyFile)
	if err != nil {
		return nil, fmt.Errorf("reading the server's certificate and key: %w", err)
	}
	anchors, err := readCertificates(c.API.ClientAnchorsFile)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	for _, cert := range anchors {
		pool.AddCert(cert)
	}
	return &tls.Config{
		MinVersion:   tls.VersionTLS12,
		CipherSuites: cipherSuites,
		Certificates: []tls.Certificate{own},
		ClientAuth:   tls.VerifyClientCertIfGiven,
		ClientCAs:    pool,
		NextProtos:   []string{"h2", "http/1.1"},
	}, nil
}

// readCertificates reads a PEM file that holds certificates and nothing else.
func readCertificates(file string) ([]*x509.Certificate, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading trust anchors: %w", err)
	}
	var certs []*x509.Certificate
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			return nil, fmt.Errorf("reading trust anchors in %s: holds something that is no certificate", file)
		}
		cert, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("reading trust anchors in %s: %w", file, err)
		}
		certs = append(certs, cert)
	}
	if len(certs) == 0 {
		return nil, fmt.Errorf("reading trust anchors in %s: %w", file, errors.New("holds no certificate in PEM"))
	}
	return certs, nil
}
