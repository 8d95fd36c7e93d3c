/** Where things are kept: PostgreSQL, embedded unless another one is named, and the state of the way to it. */
package dev.vitrine.storage;
