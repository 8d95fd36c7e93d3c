/** A small made-up shop of home, sport and electronics with four weeks of visits, always the same for the same day. */
package dev.vitrine.demo;
