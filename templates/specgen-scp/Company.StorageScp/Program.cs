using Company.StorageScp;
using Specgen;

// Settings are in appsettings.json, and can be given as arguments (--Dicom:Port=11113) or in the environment (Dicom__Port).
var builder = Host.CreateApplicationBuilder(args);
builder.Services
    .AddDicomScp(builder.Configuration.GetSection("Dicom"))
    .AddProvider(new ImageStore(builder.Configuration["Storage:Folder"] ?? "images"));
await builder.Build().RunAsync();
