package relay

import (
	"context"
	"fmt"
)

// chunks is where the file at rest goes: into memory when it is small, else to the store, a chunk at a time.
type chunks struct {
	ctx     context.Context
	store   Store
	staging string
	part    Part
	nr      int
	buf     []byte
}

func (c *chunks) Write(p []byte) (int, error) {
	written := len(p)
	for c.staging != "" && len(c.buf)+len(p) >= chunkSize {
		n := chunkSize - len(c.buf)
		c.buf, p = append(c.buf, p[:n]...), p[n:]
		if err := c.flush(); err != nil {
			return 0, err
		}
	}
	c.buf = append(c.buf, p...)
	return written, nil
}

func (c *chunks) flush() error {
	if err := c.store.Stage(c.ctx, c.staging, c.part, c.nr, c.buf); err != nil {
		return fmt.Errorf("staging a chunk: %w", err)
	}
	c.nr++
	c.buf = c.buf[:0]
	return nil
}

func (c *chunks) close() error {
	if c.staging == "" || len(c.buf) == 0 {
		return nil
	}
	return c.flush()
}
