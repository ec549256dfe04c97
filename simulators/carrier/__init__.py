"""Plays a parcel carrier: takes orders, moves parcels by itself, answers where they are."""
