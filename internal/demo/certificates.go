package demo

import (
	"encoding/pem"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/pki"
)

// makeCertificates makes the CA, the gateway's certificate and what each partijbeheerder keeps.
func (f folder) makeCertificates() error {
	ca, err := pki.NewCA("Sluis voorbeeld")
	if err != nil {
		return err
	}
	if err := ca.Write(f.ca()); err != nil {
		return err
	}
	server, err := ca.IssueServer("localhost", "127.0.0.1")
	if err != nil {
		return err
	}
	if err := pki.WriteIdentity(f.path("server"), "tls", server); err != nil {
		return err
	}
	anchor := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: ca.Root.Raw})
	if err := write(f.anchors(), anchor); err != nil {
		return err
	}
	for _, o := range region {
		if err := ca.WriteParty(f.party(o), o.oin, o.name); err != nil {
			return err
		}
		if err := f.makeAdminKey(o); err != nil {
			return err
		}
	}
	return nil
}

// makeAdminKey makes the key with which a partijbeheerder signs the cards of the party's people.
func (f folder) makeAdminKey(o organisation) error {
	key, err := jose.GenerateKey()
	if err != nil {
		return fmt.Errorf("making the key of a partijbeheerder: %w", err)
	}
	jwk, err := jose.MarshalPrivateJWK(key)
	if err != nil {
		return fmt.Errorf("encoding the key of a partijbeheerder: %w", err)
	}
	return write(f.adminKey(o), jwk)
}
