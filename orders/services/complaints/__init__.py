"""Complaints: a buyer opens, the vendor answers, the province decides, clocks move them on."""
