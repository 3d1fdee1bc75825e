package intercom

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
	"github.com/seed-8b687bef/intercom-go/internal/transport"
)

// Do is the raw door: it sends a request of your own, with the same token,
// version, retries, limits and errors as any other call, for what the library
// has no method for.
//
// The path begins with a slash, may have a query, and is sent as given: escape
// ids with url.PathEscape and values with url.QueryEscape. URLs, paths to other
// hosts and segments of dots are refused.
//
// In is the body: nil for none, a []byte or json.RawMessage that holds JSON and
// is sent as it is, or anything that encoding/json can write, params of this
// package included. Out takes the answer: nil throws it away, a *[]byte gets it
// as it came, and all else is a pointer that encoding/json reads it into. An
// answer without content leaves out alone.
//
// Only GET and HEAD are sent again after a failure that left open whether the
// request was carried out, unless WithReplay is given; every method is after a
// 429.
func (c *Client) Do(ctx context.Context, method, path string, in, out any, opts ...CallOption) error {
	method = strings.ToUpper(method)
	pathOnly, query, _ := strings.Cut(path, "?")
	op := transport.RawOperation(method, pathOnly)
	if err := checkRaw(method, path, out); err != nil {
		return fmt.Errorf("intercom: Do: %w", trimPrefix(err))
	}
	settings, err := c.settingsOf(op, opts)
	if err != nil {
		return err
	}
	body, err := rawBody(op, in, settings.version)
	if err != nil {
		return err
	}
	var resp transport.Response
	err = c.exchange(ctx, &transport.Request{
		Operation: op, Method: method, Path: pathOnly, Query: query, Body: body,
		Settings: settings.transport, Replay: settings.replay,
	}, settings, &resp)
	if err != nil {
		return err
	}
	defer resp.Release(resp.Body)
	if err := readRaw(resp.Body, out); err != nil {
		return newDecodeError(op, &resp, err)
	}
	return nil
}

// checkRaw refuses what can't be sent, or not be answered into.
func checkRaw(method, path string, out any) error {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete:
	case "":
		return errors.New("the method is empty")
	default:
		return fmt.Errorf("the method %q is none that the API has", method)
	}
	if v := reflect.ValueOf(out); out != nil && (v.Kind() != reflect.Pointer || v.IsNil()) {
		return fmt.Errorf("the answer can't be read into a %T; pass a pointer that is not nil", out)
	}
	return transport.CheckRawPath(path)
}

// rawBody writes the body of a request through the raw door.
func rawBody(op *operations.Operation, in any, version APIVersion) ([]byte, error) {
	var text []byte
	switch v := in.(type) {
	case []byte:
		text = v
	case json.RawMessage:
		text = v
	case io.Reader:
		return nil, fmt.Errorf("intercom: %s: the body is a %T; read it into a []byte first", op.Name, in)
	default:
		if r := reflect.ValueOf(in); r.Kind() == reflect.Pointer && r.IsNil() {
			return nil, nil
		}
		n, err := version.number()
		if err != nil {
			return nil, err
		}
		return encodeBody(op, in, n)
	}
	if len(text) > 0 && !json.Valid(text) {
		return nil, fmt.Errorf("intercom: %s: the body is no JSON", op.Name)
	}
	return bytes.Clone(text), nil // Where the API answers early, net/http may still be reading it.
}

// readRaw reads an answer into what the caller of the raw door gave.
func readRaw(body []byte, out any) error {
	if out == nil || len(bytes.TrimSpace(body)) == 0 {
		return nil
	}
	if raw, ok := out.(*[]byte); ok {
		*raw = bytes.Clone(body)
		return nil
	}
	return json.Unmarshal(body, out)
}
