using Specgen.Tool;

return await CommandLine.RunAsync(args);
