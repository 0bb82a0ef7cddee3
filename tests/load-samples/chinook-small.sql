-- What chinook.load speaks of, small.
create table Artist (ArtistId integer not null, Name nvarchar(120), constraint PK_Artist primary key (ArtistId));
create table Album (AlbumId integer not null primary key, Title nvarchar(160) not null, ArtistId integer not null references Artist (ArtistId));
create table Track (TrackId integer not null primary key, Name nvarchar(200) not null, AlbumId integer references Album (AlbumId),
	Milliseconds integer not null, UnitPrice numeric(10,2) not null);
create table Customer (CustomerId integer not null primary key, FirstName nvarchar(40) not null, Company nvarchar(80), Email nvarchar(60) not null);
create table Invoice (InvoiceId integer not null primary key, CustomerId integer not null references Customer (CustomerId),
	InvoiceDate datetime not null, Total numeric(10,2) not null);
create table InvoiceLine (InvoiceLineId integer not null primary key, InvoiceId integer not null references Invoice (InvoiceId),
	TrackId integer not null references Track (TrackId));
create table Playlist (PlaylistId integer not null primary key, Name nvarchar(120));
create table PlaylistTrack (PlaylistId integer not null references Playlist (PlaylistId), TrackId integer not null references Track (TrackId),
	primary key (PlaylistId, TrackId));
create index IFK_AlbumArtistId on Album (ArtistId);
create unique index IPK_Customer on Customer (Email);
insert into Artist values (1, 'AC/DC'), (2, 'Antônio Carlos Jobim'), (3, null);
insert into Album values (1, 'For Those About To Rock', 1), (8, 'Warner 25 Anos', 2);
insert into Track values (1, 'For Those', 1, 343719, 0.99), (2, 'Desafinado', 8, 185338, 1.99);
insert into Customer values (1, 'Luís', 'Embraer', 'luisg@embraer.com.br'), (2, 'Leonie', '', 'leonekohler@surfeu.de');
insert into Invoice values (1, 2, '2009-01-01 00:00:00', 1.98), (2, 1, '2009-01-02 00:00:00', 3.96), (3, 2, '2009-01-03 00:00:00', 13.86);
insert into InvoiceLine values (1, 1, 1), (2, 1, 2), (3, 2, 2);
insert into Playlist values (1, 'Music');
insert into PlaylistTrack values (1, 1);
