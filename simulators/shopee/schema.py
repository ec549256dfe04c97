"""The tables of the simulated Shopee."""

TABLES = """
CREATE TABLE IF NOT EXISTS partners (
    partner_id INTEGER PRIMARY KEY, key TEXT NOT NULL, push_key TEXT NOT NULL,
    callback TEXT NOT NULL, push_off TEXT NOT NULL DEFAULT '[]');
CREATE TABLE IF NOT EXISTS shops (
    shop_id INTEGER PRIMARY KEY, name TEXT NOT NULL, banned INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS consents (
    partner_id INTEGER NOT NULL, shop_id INTEGER NOT NULL, granted REAL NOT NULL,
    expires REAL NOT NULL, revoked INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (partner_id, shop_id));
CREATE TABLE IF NOT EXISTS tickets (
    ticket TEXT PRIMARY KEY, partner_id INTEGER NOT NULL, redirect TEXT NOT NULL,
    created REAL NOT NULL);
CREATE TABLE IF NOT EXISTS codes (
    code TEXT PRIMARY KEY, partner_id INTEGER NOT NULL, shop_id INTEGER NOT NULL,
    expires REAL NOT NULL, used INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS access_tokens (
    token TEXT PRIMARY KEY, partner_id INTEGER NOT NULL, shop_id INTEGER NOT NULL,
    expires REAL NOT NULL);
CREATE TABLE IF NOT EXISTS refresh_tokens (
    token TEXT PRIMARY KEY, partner_id INTEGER NOT NULL, shop_id INTEGER NOT NULL,
    expires REAL NOT NULL, used INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS images (
    image_id TEXT PRIMARY KEY, kind TEXT NOT NULL, data BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS items (
    item_id INTEGER PRIMARY KEY, shop_id INTEGER NOT NULL, status TEXT NOT NULL,
    name TEXT NOT NULL, sku TEXT NOT NULL, doc TEXT NOT NULL,
    created INTEGER NOT NULL, updated INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS items_of_shop ON items (shop_id, item_id);
CREATE TABLE IF NOT EXISTS models (
    item_id INTEGER NOT NULL REFERENCES items, model_id INTEGER NOT NULL, sku TEXT NOT NULL,
    name TEXT NOT NULL, tier_index TEXT NOT NULL, price INTEGER NOT NULL,
    stock INTEGER NOT NULL CHECK (stock >= 0), reserved INTEGER NOT NULL DEFAULT 0,
    locked INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (item_id, model_id));
CREATE TABLE IF NOT EXISTS orders (
    order_sn TEXT PRIMARY KEY, shop_id INTEGER NOT NULL, status TEXT NOT NULL,
    before_cancel TEXT NOT NULL DEFAULT '', stock_back INTEGER NOT NULL DEFAULT 0,
    doc TEXT NOT NULL, package_number TEXT NOT NULL, logistics_status TEXT NOT NULL,
    tracking_number TEXT NOT NULL DEFAULT '', created INTEGER NOT NULL, updated INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS orders_by_update ON orders (shop_id, updated);
CREATE TABLE IF NOT EXISTS order_lines (
    order_sn TEXT NOT NULL REFERENCES orders, line INTEGER NOT NULL, item_id INTEGER NOT NULL,
    model_id INTEGER NOT NULL, quantity INTEGER NOT NULL, price INTEGER NOT NULL,
    doc TEXT NOT NULL, PRIMARY KEY (order_sn, line));
CREATE TABLE IF NOT EXISTS pushes (
    id INTEGER PRIMARY KEY AUTOINCREMENT, partner_id INTEGER NOT NULL, shop_id INTEGER NOT NULL,
    code INTEGER NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
    due REAL NOT NULL, lost_at REAL, confirmed INTEGER NOT NULL DEFAULT 0,
    last_error TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS pushes_due ON pushes (state, due);
CREATE TABLE IF NOT EXISTS timers (
    id INTEGER PRIMARY KEY AUTOINCREMENT, due REAL NOT NULL, order_sn TEXT NOT NULL,
    status TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS faults (
    id INTEGER PRIMARY KEY AUTOINCREMENT, target TEXT NOT NULL, mode TEXT NOT NULL,
    remaining INTEGER NOT NULL, seconds REAL NOT NULL);
"""
