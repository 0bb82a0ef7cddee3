# needs: sqlite3
# Tables that describe a database to its format are listed as left out, but only where the format is there.
sqlite3 "$T/geo.gpkg" <<'SQL'
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, srs_id INTEGER REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL);
CREATE TABLE gpkg_ogr_contents (table_name TEXT NOT NULL PRIMARY KEY, feature_count INTEGER);
CREATE TABLE gpkg_mine (a);
CREATE TABLE roads (fid INTEGER PRIMARY KEY AUTOINCREMENT, geom LINESTRING, name TEXT(80));
CREATE VIRTUAL TABLE rtree_roads_geom USING rtree (id, minx, maxx, miny, maxy);
CREATE TRIGGER trigger_insert_feature_count_roads AFTER INSERT ON roads BEGIN
UPDATE gpkg_ogr_contents SET feature_count = feature_count + 1; END;
INSERT INTO roads VALUES (1, x'4750', 'High Street');
ANALYZE;
SQL
sqlite-schema "$T/geo.gpkg" | grep -v '^#' | cut -f 1-4
echo '-- SpatiaLite'
sqlite3 "$T/spatialite.db" <<'SQL'
CREATE TABLE Spatial_Ref_Sys (srid INTEGER PRIMARY KEY);
CREATE TABLE geometry_columns (f_table_name TEXT, srid INTEGER REFERENCES spatial_ref_sys);
CREATE TABLE data_licenses (id INTEGER PRIMARY KEY);
CREATE TABLE se_fonts (a);
CREATE TABLE places (a, srid INTEGER REFERENCES spatial_ref_sys);
SQL
sqlite-schema "$T/spatialite.db" | grep -v '^#' | cut -f 1-4
echo '-- neither'
sqlite3 "$T/other.db" 'CREATE TABLE data_licenses (a); CREATE TABLE gpkg_contents (a); CREATE TABLE spatial_ref_sys (a)'
sqlite-schema "$T/other.db" | grep -v '^#' | cut -f 1-4
echo '-- named'
sqlite-schema -t gpkg_contents "$T/geo.gpkg" | grep -v '^#' | cut -f 1-4
sqlite-rows -t gpkg_contents "$T/geo.gpkg"
