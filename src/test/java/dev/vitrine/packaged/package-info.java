/** Tests of the packaged service, as its own process: what only shows when a process starts, stops and dies. */
package dev.vitrine.packaged;
