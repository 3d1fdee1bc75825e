package intercom

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/seed-8b687bef/intercom-go/internal/jsonstream"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
	"github.com/seed-8b687bef/intercom-go/internal/transport"
)

// answer is what every type of an answer has: the generated decoder.
type answer[T any] interface {
	*T
	decode(*jsonstream.Decoder)
}

// request is what a method knows about its call beside the operation.
type request struct {
	path   []string  // values of the path template's parameters, in order
	query  string    // encoded
	limits wireRules // which versions know the parameters of the query
	body   any       // params to encode, nil for none
}

func path(args ...string) request { return request{path: args} }

func (r request) withBody(body any) request {
	r.body = body
	return r
}

func (r request) withQuery(q query) request {
	r.query = q.encode()
	r.limits = slices.Concat(r.limits, q.limits)
	return r
}

// call sends an operation and reads its answer.
func call[T any, P answer[T]](ctx context.Context, c *Client, op *operations.Operation, r request, opts []CallOption) (*T, error) {
	v := new(T)
	if err := c.call(ctx, op, r, opts, P(v)); err != nil {
		return nil, err
	}
	return v, nil
}

// callEmpty sends an operation whose answer holds nothing.
func callEmpty(ctx context.Context, c *Client, op *operations.Operation, r request, opts []CallOption) error {
	return c.call(ctx, op, r, opts, nil)
}

// call sends an operation and reads its answer into out.
func (c *Client) call(ctx context.Context, op *operations.Operation, r request, opts []CallOption, out decodable) error {
	settings, err := c.settingsOf(op, opts)
	if err != nil {
		return err
	}
	return send(ctx, c, op, r, settings, out)
}

// decodable is an answer to fill.
type decodable interface{ decode(*jsonstream.Decoder) }

// send builds the request, sends it and reads the answer into out; nil throws
// the answer away.
func send(ctx context.Context, c *Client, op *operations.Operation, r request, settings *callSettings, out decodable) error {
	req, err := newRequest(op, r, settings)
	if err != nil {
		return err
	}
	var resp transport.Response
	if err := c.exchange(ctx, req, settings, &resp); err != nil {
		return err
	}
	if out == nil {
		resp.Release(resp.Body)
		return nil
	}
	return decode(op, &resp, settings, out)
}

// exchange sends a request and fills what the caller wants to know of the
// answer beside its content.
func (c *Client) exchange(ctx context.Context, req *transport.Request, settings *callSettings, resp *transport.Response) error {
	if ctx == nil {
		return fmt.Errorf("intercom: %s: the context is nil", req.Operation.Name)
	}
	err := c.core.Do(ctx, req, resp)
	if settings.response != nil {
		settings.response.fill(resp)
	}
	return publicError(err)
}

// newRequest checks what the caller gave and builds the request.
func newRequest(op *operations.Operation, r request, settings *callSettings) (*transport.Request, error) {
	version, err := settings.version.number()
	if err != nil {
		return nil, err
	}
	if err := checkVersion(op, version); err != nil {
		return nil, err
	}
	for _, rule := range r.limits {
		if rule.holds(version) {
			return nil, requestError(op, version, unknownField(rule.name, rule.since, rule.until))
		}
	}
	target, err := transport.JoinPath(op.Path, r.path...)
	if err != nil {
		return nil, fmt.Errorf("intercom: %s: %w", op.Name, trimPrefix(err))
	}
	body, err := encodeBody(op, r.body, version)
	if err != nil {
		return nil, err
	}
	return &transport.Request{
		Operation: op,
		Method:    op.Method,
		Path:      target,
		Query:     r.query,
		Body:      body,
		Settings:  settings.transport,
		Replay:    settings.replay,
	}, nil
}

// trimPrefix takes the library's name off an error that is going to be part of
// a longer one.
func trimPrefix(err error) error {
	if text, ok := strings.CutPrefix(err.Error(), "intercom: "); ok {
		return errors.New(text)
	}
	return err
}

// decode is the one seam between bytes and types.
func decode(op *operations.Operation, resp *transport.Response, settings *callSettings, out decodable) error {
	if firstByte(resp.Body) != '{' {
		defer resp.Release(resp.Body)
		if isNothing(resp.Body) {
			return nil
		}
		return newDecodeError(op, resp, errNotObject)
	}
	d := jsonstream.Get(resp.Body)
	out.decode(d)
	err := d.Finish()
	if err == nil {
		settings.drift.inspect(op, d)
	}
	resp.Release(d.Release())
	if err != nil {
		return newDecodeError(op, resp, err)
	}
	return nil
}

// isNothing tells whether a body says nothing, as the API's do now and then.
func isNothing(body []byte) bool {
	switch string(bytes.TrimSpace(body)) {
	case "", "null", `""`, "[]":
		return true
	default:
		return false
	}
}

// firstByte returns the first byte that is no white space, 0 if there is none.
func firstByte(body []byte) byte {
	for _, c := range body {
		if c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return c
		}
	}
	return 0
}

// encodeBody writes params as JSON, checked and in the form that the version
// wants.
func encodeBody(op *operations.Operation, body any, version operations.Version) ([]byte, error) {
	if body == nil {
		return nil, nil
	}
	if err := checkBody(body); err != nil {
		return nil, fmt.Errorf("intercom: %s: %w", op.Name, err)
	}
	shaped := body
	if p, ok := body.(versioned); ok {
		var err error
		if shaped, err = p.forVersion(version); err != nil {
			return nil, requestError(op, version, err)
		}
	}
	text, err := json.Marshal(shaped)
	if err != nil {
		return nil, fmt.Errorf("intercom: %s: the request can't be encoded: %w", op.Name, unwrapMarshal(err))
	}
	if p, ok := body.(interface{ inlined() any }); ok {
		if text, err = inline(text, p.inlined()); err != nil {
			return nil, fmt.Errorf("intercom: %s: %w", op.Name, unwrapMarshal(err))
		}
	}
	if p, ok := body.(interface{ wire() wireRules }); ok {
		if text, err = p.wire().apply(text, version); err != nil {
			return nil, requestError(op, version, err)
		}
	}
	return text, nil
}

// requestError says of which call the request could not be encoded.
func requestError(op *operations.Operation, version operations.Version, err error) error {
	var e *VersionError
	if errors.As(err, &e) {
		e.Operation, e.Version = op.Name, apiVersion(version)
		return e
	}
	return fmt.Errorf("intercom: %s: %w", op.Name, err)
}

// checkBody looks for what the API would refuse for certain: the generated
// checks know the document, check knows what it can't say.
func checkBody(body any) error {
	if p, ok := body.(interface{ missing() string }); ok {
		if name := p.missing(); name != "" {
			return fmt.Errorf("%s is required", name)
		}
	}
	if p, ok := body.(interface{ crowded() (string, int) }); ok {
		if name, limit := p.crowded(); name != "" {
			return fmt.Errorf("%s has more than %d elements", name, limit)
		}
	}
	if p, ok := body.(interface{ check() error }); ok {
		return p.check()
	}
	return nil
}

// unwrapMarshal takes encoding/json's own words off an error of ours.
func unwrapMarshal(err error) error {
	for {
		marshaler, ok := err.(*json.MarshalerError) //nolint:errorlint // What lies deeper is part of the text.
		if !ok {
			return trimPrefix(err)
		}
		err = marshaler.Err
	}
}
