using Company.StorageScp;
using Specgen;

// Settings are in appsettings.json beside the program, wherever it is started, and can be given as arguments (--Dicom:Port=11113) or in the environment (Dicom__Port).
var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Services
    .AddDicomScp(builder.Configuration.GetSection("Dicom"))
    .AddProvider(new ImageStore(builder.Configuration["Storage:Folder"] ?? "images"));
await builder.Build().RunAsync();
