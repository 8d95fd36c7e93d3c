/** Compiles rule files with Drools, guards the compiled classes, and fires them within limits. */
package dev.vitrine.rulebook.engine;
